using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>One sample or more of every message about what operators are asked to allow.</summary>
internal static class ApprovalSamples
{
    private const long Ts = 1_764_331_200_000;
    private const string Node = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c";
    private const string Text = "ap_0123456789abcdef";

    private static readonly ApprovalId Id = ApprovalId.TryParse(Text, out var id) ? id : throw new ArgumentException("no id");
    private static readonly ImmutableArray<ApprovalDecision> Decisions = [ApprovalDecision.AllowOnce, ApprovalDecision.AllowAlways, ApprovalDecision.Deny];

    private static readonly ExecApprovalMatter Matter = new("/usr/bin/git status", "node", Decisions)
    {
        CommandArgv = ["/usr/bin/git", "status"], ResolvedPath = "/usr/bin/git", Cwd = "/srv", EnvKeys = ["COLOUR"], NodeId = Node, NodeName = "den", AgentId = "main", SessionKey = "agent:main:main",
        WarningText = "careful", Details = "{}",
    };

    private static readonly ExecApprovalMatter LeastMatter = new("Send it?", "gateway", [ApprovalDecision.AllowOnce, ApprovalDecision.Deny]);
    private static readonly ExecApprovalPlan Plan = new(["git", "status"]) { Cwd = "/srv", AgentId = "main", SessionKey = "agent:main:main" };

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("ExecApprovalRequestParams", new ExecApprovalRequestParams
        {
            Command = "git status", CommandArgv = ["git", "status"], SystemRunPlan = Plan, Env = ImmutableDictionary<string, string>.Empty.Add("COLOUR", "blue"), Cwd = "/srv", NodeId = Node, Host = "node",
            ResolvedPath = "/usr/bin/git", WarningText = "careful", AgentId = "main", SessionKey = "agent:main:main", UnavailableDecisions = [ApprovalDecision.AllowAlways], TimeoutMs = 1000, TwoPhase = true,
        }),
        ("ExecApprovalRequestParams.least", new ExecApprovalRequestParams()),
        ("ExecApprovalPlan", Plan),
        ("ExecApprovalPlan.least", new ExecApprovalPlan([])),
        ("ExecApprovalResult", new ExecApprovalResult(Id, Ts, Ts + 1) { Decision = ApprovalDecision.AllowOnce, Reason = "user", ResolvedBy = "d_56475aa7" }),
        ("ExecApprovalResult.least", new ExecApprovalResult(Id, Ts, Ts + 1) { Status = ExecApprovalResult.Accepted }),
        ("ExecApprovalWaitParams", new ExecApprovalWaitParams(Text)),
        ("ExecApprovalResolveParams", new ExecApprovalResolveParams(Text, ApprovalDecision.Deny)),
        ("ExecApprovalResolveResult", new ExecApprovalResolveResult(true, Id, ApprovalDecision.AllowAlways)),
        ("ExecApprovalGetParams", new ExecApprovalGetParams(Text)),
        ("ExecApprovalGetResult", new ExecApprovalGetResult(Id, Matter.Command, Decisions, Matter, Ts, Ts + 1) { Host = "node", NodeId = Node, AgentId = "main" }),
        ("ExecApprovalGetResult.least", new ExecApprovalGetResult(Id, LeastMatter.Command, [], LeastMatter, Ts, Ts + 1)),
        ("PendingExecApproval", new PendingExecApproval(Id, Matter, Ts, Ts + 1)),
        ("ExecApprovalMatter", Matter),
        ("ExecApprovalMatter.least", LeastMatter),
        ("ExecApprovalResolved", new ExecApprovalResolved(Id, ApprovalDecision.AllowOnce, ExecApprovalResolved.User, Ts) { ResolvedBy = "d_56475aa7" }),
        ("ExecApprovalResolved.least", new ExecApprovalResolved(Id, ApprovalDecision.Deny, ExecApprovalResolved.Timeout, Ts)),
    ];
}
