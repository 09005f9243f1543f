using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>Runs in the protocol's form. Pure.</summary>
internal static class RunListing
{
    /// <param name="withOutput">What it wrote or answered is in it.</param>
    public static RunRow Of(Run run, int position, bool withOutput = false) => new(
        run.Id, RuntimeOf(run.Plan.Work), StatusOf(run), run.Plan.Depth, run.Plan.Subject, run.AcceptedAt.ToUnixTimeMilliseconds())
    {
        Label = run.Plan.Label,
        ParentRunId = run.Plan.Parent,
        ParentSessionKey = run.Plan.Announce,
        ChildSessionKey = (run.Plan.Work as RunWork.Turn)?.Child,
        Program = (run.Plan.Work as RunWork.Program)?.Argv[0],
        Position = run.Waits ? position : null,
        StartedAtMs = run.StartedAt?.ToUnixTimeMilliseconds(),
        EndedAtMs = run.EndedAt?.ToUnixTimeMilliseconds(),
        ExitCode = run.End?.ExitCode,
        Problem = run.End?.Problem,
        Output = withOutput ? run.End?.Output : null,
    };

    private static string RuntimeOf(RunWork work) => work switch
    {
        RunWork.Program => RunsSpawnParams.Command,
        RunWork.Turn { External: true } => RunsSpawnParams.Acp,
        RunWork.Turn => RunsSpawnParams.Subagent,
        _ => throw new ArgumentOutOfRangeException(nameof(work), work, "no such work"),
    };

    private static string StatusOf(Run run) => run switch
    {
        { Waits: true } => "queued",
        { IsRunning: true } => "running",
        { End.Verdict: RunVerdict.Done } => "done",
        { End.Verdict: RunVerdict.Failed } => "failed",
        { End.Verdict: RunVerdict.TimedOut } => "timed_out",
        { End.Verdict: RunVerdict.Cancelled } => "cancelled",
        _ => "lost",
    };
}
