using System.Collections.Immutable;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>Makes a question of a call. Pure.</summary>
internal static class ApprovalReading
{
    /// <summary>Who asks or decides, so that nobody does both: the device, else the run, else the connection.</summary>
    public static string Actor(Principal principal, SessionId session) => principal.Device?.ToString() ?? principal.Run?.ToString() ?? session.ToString();

    /// <summary>What is wrong with the parameters, for a person; null: nothing.</summary>
    public static string? Problem(ExecApprovalRequestParams wanted, LiveNode? node) => wanted switch
    {
        { TimeoutMs: < 1 } => "at $.timeoutMs: 1 or more",
        _ when node is not null && Argv(wanted).IsDefaultOrEmpty => "at $.commandArgv: a node names the program and its arguments",
        _ when node is not null && wanted.NodeId is { } named && InvokedAs(named) != node.Id => "at $.nodeId: it is not the calling node's",
        _ when Argv(wanted).IsDefaultOrEmpty && string.IsNullOrWhiteSpace(wanted.Command) => "at $.commandArgv: what would be run is missing",
        _ => null,
    };

    /// <param name="node">The node that asks; null: an operator does.</param>
    /// <param name="name">What the node is called.</param>
    public static ApprovalRequest Request(ExecApprovalRequestParams wanted, MethodCall call, LiveNode? node, string? name, ApprovalId id) => new(
        id, Actor(call.Principal, call.Session), call.Session, call.Principal.Device, Matter(wanted, node, name),
        TimeSpan.FromMilliseconds(Math.Min(wanted.TimeoutMs ?? ExecApprovalRequestParams.DefaultTimeoutMs, ExecApprovalRequestParams.LongestTimeoutMs)));

    private static ApprovalMatter Matter(ExecApprovalRequestParams wanted, LiveNode? node, string? name)
    {
        var argv = Argv(wanted);
        return new ApprovalMatter(node is null ? wanted.Host ?? ApprovalMatter.OnGateway : ApprovalMatter.OnNode, argv.IsDefault ? [] : argv, argv.IsDefaultOrEmpty ? wanted.Command : null)
        {
            Program = wanted.ResolvedPath,
            Directory = wanted.SystemRunPlan?.Cwd ?? wanted.Cwd,
            Variables = [.. (wanted.Env ?? ImmutableDictionary<string, string>.Empty).Keys],
            Node = node is not null ? (node.Id, name) : wanted.NodeId is { } named ? (named, null) : null,
            Agent = wanted.SystemRunPlan?.AgentId ?? wanted.AgentId,
            Conversation = wanted.SystemRunPlan?.SessionKey ?? wanted.SessionKey,
            Warning = wanted.WarningText,
            OnceOnly = wanted.UnavailableDecisions?.Contains(ApprovalDecision.AllowAlways) == true,
        };
    }

    private static ImmutableArray<string> Argv(ExecApprovalRequestParams wanted) => wanted.SystemRunPlan?.Argv ?? wanted.CommandArgv ?? [];

    private static string InvokedAs(string nodeId) => Nodes.Invoking.InvokeRules.NodeIdOf(nodeId);
}
