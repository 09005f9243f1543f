using Netclaw.Protocol;

namespace Netclaw.Protocol.Tests.Messages;

/// <summary>One sample or more of every message about what is started on the gateway's machine.</summary>
internal static class RunSamples
{
    private const long Ts = 1_764_331_200_000;

    private static readonly RunId Id = RunId.TryParse("run_0123456789abcdef", out var id) ? id : throw new ArgumentException("no id");
    private static readonly ConversationKey Main = ConversationKey.MainOf("main");
    private static readonly ConversationKey Child = ConversationKey.SubagentOf("main", Guid.Empty);

    public static IEnumerable<(string Name, object Message)> All =>
    [
        ("RunsSpawnParams", new RunsSpawnParams(RunsSpawnParams.Command)
        {
            Argv = ["git", "status"], Cwd = "/work", Label = "look", RunTimeoutSeconds = 60, Cleanup = RunsSpawnParams.Delete, Scopes = ScopeSet.ReadWrite, ParentSessionKey = "agent:main:main",
        }),
        ("RunsSpawnParams.turn", new RunsSpawnParams(RunsSpawnParams.Acp) { Task = "count the files", AgentId = "main" }),
        ("RunsSpawnParams.least", new RunsSpawnParams(RunsSpawnParams.Subagent)),
        ("RunsSpawnResult", new RunsSpawnResult("accepted", Id, 2) { ChildSessionKey = Child }),
        ("RunsSpawnResult.least", new RunsSpawnResult("accepted", Id, 0)),
        ("RunRow", new RunRow(Id, RunsSpawnParams.Command, "failed", 2, "control:uid=1000", Ts)
        {
            Label = "look", ParentRunId = Id, ParentSessionKey = Main, ChildSessionKey = Child, Program = "git", Position = 1, StartedAtMs = Ts + 1, EndedAtMs = Ts + 2, ExitCode = 3,
            Problem = "it ended", Output = "no repository",
        }),
        ("RunRow.least", new RunRow(Id, RunsSpawnParams.Subagent, "queued", 1, "d_56475aa7", Ts)),
        ("RunsListParams", new RunsListParams { Active = true, Limit = 10, Offset = 20 }),
        ("RunsListParams.least", new RunsListParams()),
        ("RunsListResult", new RunsListResult([new RunRow(Id, RunsSpawnParams.Subagent, "running", 1, "d_56475aa7", Ts)])),
        ("RunsListResult.page", new RunsListResult([new RunRow(Id, RunsSpawnParams.Subagent, "running", 1, "d_56475aa7", Ts)]) { Total = 3, NextOffset = 1 }),
        ("RunsGetParams", new RunsGetParams(Id)),
        ("RunsWaitParams", new RunsWaitParams(Id) { TimeoutMs = 1000 }),
        ("RunsWaitParams.least", new RunsWaitParams(Id)),
        ("RunsCancelParams", new RunsCancelParams(Id)),
        ("RunsCancelResult", new RunsCancelResult([Id])),
    ];
}
