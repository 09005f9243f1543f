using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>config.get</c>, <c>logs.tail</c>, <c>last-heartbeat</c>, <c>agents.list</c> and <c>models.list</c>. Files are read away from the actor's thread.</summary>
internal sealed class ReadingHandler(IGatewayReading reading, IAgents agents) : MethodHandlerActor
{
    /// <summary>The part of a conversation's key that names an agent's main one, and the default agent where none is configured.</summary>
    private const string Main = "main";

    private static readonly JsonElement Null = JsonElement.Parse("null");

    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case ConfigGetResult.Method: Config(call); break;
            case LogsTailParams.Method: Tail(call); break;
            case LastHeartbeat.Method: Answer(call, CallResponse.Success(Null)); break;
            case AgentsListResult.Method: Answer(call, Agents(), ProtocolJson.Default.AgentsListResult); break;
            case ModelsListParams.Method: Models(call); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        if (message is not Read read)
        {
            return false;
        }

        Answer(read.Call, read.Response);
        return true;
    }

    private void Config(MethodCall call) => Later(call, () => JsonSerializer.SerializeToElement(reading.Config(), ProtocolJson.Default.ConfigGetResult), "netclaw.json");

    private void Tail(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.LogsTailParams, out var wanted, Problem))
        {
            Later(call, () => JsonSerializer.SerializeToElement(reading.Log(wanted), ProtocolJson.Default.LogsTailResult), "the daemon's log");
        }
    }

    private void Models(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.ModelsListParams, out var wanted, Problem))
        {
            Answer(call, ModelsOf(wanted.AgentId), ProtocolJson.Default.ModelsListResult);
        }
    }

    private static string? Problem(LogsTailParams wanted) => wanted switch
    {
        { Cursor: < 0 } => "at $.cursor: 0 or more",
        { Limit: < 1 or > LogsTailParams.MostLines } => $"at $.limit: 1 to {LogsTailParams.MostLines}",
        { MaxBytes: < 1 or > LogsTailParams.MostBytes } => $"at $.maxBytes: 1 to {LogsTailParams.MostBytes}",
        _ => null,
    };

    private static string? Problem(ModelsListParams wanted) => wanted switch
    {
        { AgentId: "" } => "at $.agentId: must not be empty",
        { View: { } view } when !ModelsListParams.Views.Contains(view) => $"at $.view: one of {string.Join(", ", ModelsListParams.Views)}",
        { PreparedOnly: true, Refresh: true } => "at $.refresh: does not go with preparedOnly",
        _ => null,
    };

    private AgentsListResult Agents() => new(
        agents.All.IsEmpty ? Main : agents.All[0].Id, Main, AgentsListResult.PerSender,
        [.. agents.All.Select(agent => new AgentRow(agent.Id, agent.Name, agent.Model is { } model ? new AgentModel(model) : null))]);

    private ModelsListResult ModelsOf(string? agentId) => new(
    [
        .. agents.All.Where(agent => agent.Model is not null && (agentId is null || agent.Id == agentId))
            .Select(agent => new ModelRow(agent.Model!, agent.Model!, agent.Runtime)).Distinct(),
    ]);

    private void Later(MethodCall call, Func<JsonElement> read, string what) => _ = Task.Run(read).PipeTo(
        Self,
        success: payload => new Read(call, CallResponse.Success(payload)),
        failure: cause => new Read(call, CallResponse.Failure(RefusalTable.Error(
            RefusalCode.InternalError, cause is IOException or UnauthorizedAccessException ? $"{what} cannot be read: {cause.Message}" : $"{what} cannot be read"))));

    private sealed record Read(MethodCall Call, CallResponse Response);
}
