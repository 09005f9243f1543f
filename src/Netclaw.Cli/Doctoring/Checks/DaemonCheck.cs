using System.Collections.Immutable;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether a daemon runs on the home, by its lock, and answers, by its readiness.</summary>
internal sealed class DaemonCheck : ICheck
{
    private static readonly FindingKind NotRunning = new("daemon_not_running", Severity.Warning, "Nobody holds the home's lock: nothing is served here.", "netclaw up");
    private static readonly FindingKind Wedged = new("daemon_wedged", Severity.Error, "A daemon holds the lock and does not answer.", "netclaw daemon stop --force");
    private static readonly FindingKind NotReady = new("daemon_not_ready", Severity.Error, "A daemon answers that it is not ready.", "netclaw logs");

    public string Id => "daemon";

    public string Looks => "Whether a daemon holds the lock, and says over its control socket that it is ready.";

    public ImmutableArray<FindingKind> Kinds => [NotRunning, Wedged, NotReady];

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => Task.FromResult(Of(visit.Sight));

    public static CheckReport Of(DaemonSight sight) => sight switch
    {
        { Pid: null } => CheckReport.Of("daemon", "No daemon runs.", NotRunning.Found("Nobody holds the home's lock: nothing is served here.")),
        { Probe: ProbeResult.Ready } => CheckReport.Ok("daemon", $"netclawd runs (pid {sight.Pid}) and is ready."),
        { Probe: ProbeResult.Silent silent } => CheckReport.Of("daemon", $"netclawd runs (pid {sight.Pid}) and does not answer.", Wedged.Found(
            $"Process {sight.Pid} holds the home's lock, and nothing listens on its control socket: {silent.Seen}. It is starting, stopping or stuck.")),
        { Probe: ProbeResult.NotReady { TimedOut: true } stuck } => CheckReport.Of("daemon", $"netclawd runs (pid {sight.Pid}) and does not answer.", Wedged.Found(
            $"Process {sight.Pid} takes connections and gives {stuck.Seen}.")),
        { Probe: ProbeResult.NotReady busy } => CheckReport.Of("daemon", $"netclawd runs (pid {sight.Pid}) and is not ready.", NotReady.Found(
            $"Process {sight.Pid} says that it is not ready: {busy.Seen}.")),
        _ => throw new InvalidOperationException("a daemon that runs was probed"),
    };
}
