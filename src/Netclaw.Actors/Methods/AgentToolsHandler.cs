using System.Collections.Immutable;
using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Agents.Tools;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>agent.tools.*</c> to the credential of a turn. Calls run beside each other; one that nobody waits for any more is cancelled.</summary>
internal sealed class AgentToolsHandler(ToolLoans loans) : MethodHandlerActor
{
    private readonly Dictionary<(SessionId, long), CancellationTokenSource> _calls = [];

    protected override void Handle(MethodCall call)
    {
        if (call.Principal is not { Method: AuthMethod.Spawn, Run: { } run } || loans.Find(run) is not { } lent)
        {
            Refuse(call, RefusalCode.RoleNotAllowed, $"{call.Method} is for an agent's own turn, by the credential that it was given; this connection is {call.Principal.Subject}");
            return;
        }

        switch (call.Method)
        {
            case AgentToolsListResult.Method: List(call, lent); break;
            case AgentToolsCallParams.Method: Use(call, lent.Turn); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        if (message is not Used used)
        {
            return false;
        }

        Forget((used.Call.Session, used.Call.CallId));
        Answer(used.Call, new AgentToolsCallResult(used.Answer.Ok, used.Answer.Text), ProtocolJson.Default.AgentToolsCallResult);
        return true;
    }

    protected override void Withdrawn(MethodCancelled gone) => Forget((gone.Session, gone.CallId));

    protected override void PostStop()
    {
        foreach (var call in _calls.Keys.ToList())
        {
            Forget(call);
        }

        base.PostStop();
    }

    private void List(MethodCall call, LentTools lent) => Answer(
        call, new AgentToolsListResult([.. lent.Tools.Select(tool => new AgentToolRow(tool.Name, tool.Purpose, tool.Parameters))]), ProtocolJson.Default.AgentToolsListResult);

    private void Use(MethodCall call, AgentTurn turn)
    {
        if (!TryRead(call, ProtocolJson.Default.AgentToolsCallParams, out var wanted))
        {
            return;
        }

        var wait = _calls[(call.Session, call.CallId)] = new CancellationTokenSource();
        _ = turn.Tools.CallAsync(turn, wanted.Tool, wanted.Arguments, wait.Token).PipeTo(
            Self, success: answer => new Used(call, answer), failure: _ => new Used(call, new ToolAnswer(false, "the tool failed in a way that nobody foresaw")));
    }

    /// <summary>Cancels what still runs of it.</summary>
    private void Forget((SessionId, long) call)
    {
        if (_calls.Remove(call, out var wait))
        {
            wait.Cancel();
            wait.Dispose();
        }
    }

    private sealed record Used(MethodCall Call, ToolAnswer Answer);
}
