using Akka.Actor;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves what nodes tell about themselves (gateway-protocol.md 6.5): kept with the connection that told it, and gone with it.</summary>
internal sealed class NodeReportsHandler(HandlerParts parts) : MethodHandlerActor
{
    private const string Alive = "node.presence.alive";
    private readonly Dictionary<IActorRef, SessionId> _watched = [];

    protected override void Handle(MethodCall call)
    {
        if (parts.Nodes.Of(call.Session) is not { } node || !parts.Live.TryFind(call.Session, out var session))
        {
            Answer(call, InvokeRefusals.NotConnected(dispatched: false)); // it has gone while it called
            return;
        }

        if (_watched.TryAdd(session.Actor, call.Session))
        {
            Context.Watch(session.Actor);
        }

        switch (call.Method)
        {
            case NodeEventParams.Method: Event(call, node); break;
            case NodePluginToolsUpdateParams.Method: Tools(call, node); break;
            case NodeSkillsUpdateParams.Method: Skills(call, node); break;
            case NodeRunnerInventoryUpdateParams.Method: Inventory(call, node); break;
            case SkillsBinsResult.Method: Answer(call, new SkillsBinsResult([]), ProtocolJson.Default.SkillsBinsResult); break;
            default: Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here"); break;
        }
    }

    protected override bool HandleOther(object message)
    {
        if (message is not Terminated gone)
        {
            return false;
        }

        if (_watched.Remove(gone.ActorRef, out var session))
        {
            parts.Telemetry.Forget(session);
        }

        return true;
    }

    private void Event(MethodCall call, LiveNode node)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeEventParams, out var told,
            given => given.Event is "" or { Length: > NodeSurface.LongestName } ? $"at $.event: a name has 1 to {NodeSurface.LongestName} characters" : null))
        {
            return;
        }

        if (!NodeAnswer.TryParse(told.Payload, told.PayloadJson, out var payload, out var problem))
        {
            Invalid(call, problem);
        }
        else if (!parts.Nodes.IsApproved(node))
        {
            Answer(call, InvokeRefusals.PairingChanged("node pairing changed while invocation was active"));
        }
        else
        {
            var (handled, reason) = Take(told.Event, payload, call);
            Answer(call, new NodeEventResult(true, told.Event, handled, reason), ProtocolJson.Default.NodeEventResult);
        }
    }

    private (bool Handled, string? Reason) Take(string name, System.Text.Json.JsonElement? payload, MethodCall call)
    {
        var report = parts.Telemetry.Of(call.Session);
        switch (name)
        {
            case NodeHostStats.EventName when NodeReportRules.Stats(payload) is { } stats:
                parts.Telemetry.Set(call.Session, report with { HostStats = stats });
                return (true, null);
            case NodeHostStats.EventName:
                return (false, "the payload is none of a machine's statistics");
            case Alive:
                parts.Telemetry.Set(call.Session, report with { AliveAt = call.Now });
                return (true, null);
            default:
                return (false, "the gateway does nothing with this event");
        }
    }

    private void Tools(MethodCall call, LiveNode node)
    {
        if (TryRead(call, ProtocolJson.Default.NodePluginToolsUpdateParams, out var given, NodeReportRules.Problem))
        {
            parts.Telemetry.Set(call.Session, parts.Telemetry.Of(call.Session) with { PluginTools = given.Tools });
            Answer(call, new NodePluginToolsUpdateResult(node.Id, given.Tools), ProtocolJson.Default.NodePluginToolsUpdateResult);
        }
    }

    private void Skills(MethodCall call, LiveNode node)
    {
        if (TryRead(call, ProtocolJson.Default.NodeSkillsUpdateParams, out var given, NodeReportRules.Problem))
        {
            parts.Telemetry.Set(call.Session, parts.Telemetry.Of(call.Session) with { Skills = given.Skills });
            Answer(call, new NodeSkillsUpdateResult(node.Id, given.Skills), ProtocolJson.Default.NodeSkillsUpdateResult);
        }
    }

    private void Inventory(MethodCall call, LiveNode node)
    {
        if (!TryRead(call, ProtocolJson.Default.NodeRunnerInventoryUpdateParams, out var given, NodeReportRules.Problem))
        {
            return;
        }

        if (!parts.Nodes.IsApproved(node))
        {
            Answer(call, InvokeRefusals.PairingChanged("node capability surface is awaiting operator approval; see: netclaw nodes list"));
            return;
        }

        parts.Telemetry.Set(call.Session, parts.Telemetry.Of(call.Session) with { RunnerInventory = given });
        Answer(call, new NodeRunnerInventoryUpdateResult(node.Id), ProtocolJson.Default.NodeRunnerInventoryUpdateResult);
    }
}
