using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Agents;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Lifetime;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>One turn with an agent, from <c>initialize</c> to the end of its prompt, in the words of the Agent Client Protocol, version 1.</summary>
internal sealed class AcpSession : IAcpClient
{
    private const int Version = 1;
    private const int LongestSession = 256;

    /// <summary>How long an agent may take to end its prompt once it has been told to.</summary>
    private static readonly TimeSpan Parting = TimeSpan.FromSeconds(1);

    private readonly AgentOptions _agent;
    private readonly AgentTurn _turn;
    private readonly AnswerText _answer;
    private readonly TimeProvider _time;
    private readonly AcpUpdates _updates;
    private readonly AcpFiles _files;
    private readonly AcpPermission _permission;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _full = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _prompting;
    private string? _remembered;

    public AcpSession(AgentOptions agent, AgentTurn turn, IAgentSink sink, AnswerText answer, TimeProvider time)
    {
        (_agent, _turn, _answer, _time) = (agent, turn, answer, time);
        _updates = new AcpUpdates(sink, answer);
        _files = new AcpFiles(agent.Program);
        _permission = new AcpPermission(turn, agent.Approve, _updates);
    }

    /// <summary>Servers of the Model Context Protocol that the agent is offered.</summary>
    public JsonArray ToolServers { get; init; } = [];

    /// <summary>What is not repeated of what the agent says about itself.</summary>
    public HandedValues Hidden { get; init; } = new();

    /// <param name="directory">Where the agent works.</param>
    public async Task<AgentOutcome> RunAsync(AcpPeer peer, string directory, CancellationToken cancellation)
    {
        _updates.Status("starting");
        var hello = await peer.RequestAsync("initialize", Hello(), cancellation);
        if (hello.Member("protocolVersion") is not { ValueKind: JsonValueKind.Number } version || !version.TryGetInt32(out var spoken) || spoken != Version)
        {
            throw new InvalidDataException($"it speaks another version of the Agent Client Protocol than {Version}");
        }

        var remembers = hello.Member("agentCapabilities")?.Member("loadSession") is { ValueKind: JsonValueKind.True };
        var isBack = remembers && _turn.Session is { } former && await LoadAsync(peer, former.Id, directory, cancellation);
        var session = isBack ? _turn.Session!.Id
            : (await peer.RequestAsync("session/new", Place(directory), cancellation)).Text("sessionId") ?? throw new InvalidDataException("it opened a session without an id");
        _remembered = remembers && session.Length <= LongestSession ? session : null;
        _updates.Status("thinking");
        lock (_gate)
        {
            _prompting = true;
        }

        using var unheard = new CancellationTokenSource();
        var prompt = peer.RequestAsync("session/prompt", new JsonObject { ["sessionId"] = session, ["prompt"] = AcpPrompt.Of(isBack ? _turn.Session!.Unheard : _turn.History, _turn.Prompt) }, unheard.Token);
        var first = await Task.WhenAny(prompt, _full.Task, Task.Delay(Timeout.Infinite, cancellation));
        if (first == prompt)
        {
            return Ended(await prompt);
        }

        await PartAsync(peer, session, prompt);
        await unheard.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
        return new AgentOutcome.Completed(_answer.ToString(), "length", null);
    }

    public async Task<JsonNode?> ServeAsync(string method, JsonElement parameters, CancellationToken cancellation) => method switch
    {
        "session/request_permission" => await _permission.AskAsync(parameters, cancellation),
        _ when AcpFiles.Serves(method) => _files.Serve(method, parameters),
        _ when method.StartsWith("terminal/", StringComparison.Ordinal) => throw new RpcException(Rpc.MethodNotFound, "this gateway lends no terminals to agents"),
        _ => throw new RpcException(Rpc.MethodNotFound, $"there is no method {SeenText.Of(method)}"),
    };

    /// <summary>What is said before the prompt is of an earlier time.</summary>
    public void Hear(string method, JsonElement parameters)
    {
        lock (_gate)
        {
            if (_prompting && method == "session/update" && parameters.Member("update") is { } update)
            {
                _updates.Hear(update);
            }
        }

        if (_answer.IsFull)
        {
            _full.TrySetResult();
        }
    }

    private static AgentUsage? Usage(JsonElement response) =>
        response.Member("usage") is { } usage && Count(usage, "inputTokens") is { } input && Count(usage, "outputTokens") is { } output ? new AgentUsage(input, output) : null;

    private static long? Count(JsonElement usage, string name) =>
        usage.Member(name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var count) && count >= 0 ? count : null;

    private JsonObject Hello() => new()
    {
        ["protocolVersion"] = Version,
        ["clientInfo"] = new JsonObject { ["name"] = "netclaw", ["version"] = DaemonServices.Version },
        ["clientCapabilities"] = new JsonObject
        {
            ["fs"] = new JsonObject { ["readTextFile"] = !_agent.Program.Roots.IsEmpty, ["writeTextFile"] = _agent.Program.MayWrite },
            ["terminal"] = false,
        },
    };

    /// <summary>Has the agent come back to a session of an earlier process. What it repeats of that is not heard: nobody has prompted yet.</summary>
    /// <returns>False: it does not know it any more.</returns>
    private async Task<bool> LoadAsync(AcpPeer peer, string session, string directory, CancellationToken cancellation)
    {
        var place = Place(directory);
        place["sessionId"] = session;
        try
        {
            await peer.RequestAsync("session/load", place, cancellation);
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    private JsonObject Place(string directory) => new() { ["cwd"] = directory, ["mcpServers"] = ToolServers.DeepClone() };

    private AgentOutcome Ended(JsonElement response)
    {
        var text = _answer.ToString();
        return response.Text("stopReason") switch
        {
            "end_turn" => Completed(_answer.IsFull ? "length" : "stop"),
            "max_tokens" => Completed("length"),
            "max_turn_requests" => Completed("tool_limit"),
            "refusal" => Completed("refusal"),
            "cancelled" => new AgentOutcome.Cancelled(text),
            var other => throw new InvalidDataException($"it stopped for a reason that the protocol does not know: {SeenText.Of(Hidden.Bare(other ?? "none"))}"),
        };

        AgentOutcome.Completed Completed(string stopReason) => new(text, stopReason, Usage(response)) { Session = _remembered };
    }

    /// <summary>Tells the agent to stop, and leaves it a moment to do so in good order.</summary>
    private async Task PartAsync(AcpPeer peer, string session, Task prompt)
    {
        using var moment = new CancellationTokenSource(Parting, _time);
        try
        {
            await peer.NotifyAsync("session/cancel", new JsonObject { ["sessionId"] = session }, moment.Token);
            await prompt.WaitAsync(moment.Token);
        }
        catch (Exception)
        {
            // It is ended all the same.
        }
    }
}
