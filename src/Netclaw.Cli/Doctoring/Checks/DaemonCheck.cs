using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether a daemon runs on the home, by its lock, and answers, by its readiness.</summary>
internal sealed class DaemonCheck : ICheck
{
    public string Id => "daemon";

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => Task.FromResult(Of(visit.Sight));

    public static CheckReport Of(DaemonSight sight) => sight switch
    {
        { Pid: null } => Found("No daemon runs.", "daemon_not_running", Severity.Warning, "Nobody holds the home's lock: nothing is served here.", "netclaw up"),
        { Probe: ProbeResult.Ready } => CheckReport.Ok("daemon", $"netclawd runs (pid {sight.Pid}) and is ready."),
        { Probe: ProbeResult.Silent silent } => Found($"netclawd runs (pid {sight.Pid}) and does not answer.", "daemon_wedged", Severity.Error,
            $"Process {sight.Pid} holds the home's lock, and nothing listens on its control socket: {silent.Seen}. It is starting, stopping or stuck.", "netclaw daemon stop --force"),
        { Probe: ProbeResult.NotReady { TimedOut: true } stuck } => Found($"netclawd runs (pid {sight.Pid}) and does not answer.", "daemon_wedged", Severity.Error,
            $"Process {sight.Pid} takes connections and gives {stuck.Seen}.", "netclaw daemon stop --force"),
        { Probe: ProbeResult.NotReady busy } => Found($"netclawd runs (pid {sight.Pid}) and is not ready.", "daemon_not_ready", Severity.Error,
            $"Process {sight.Pid} says that it is not ready: {busy.Seen}.", "netclaw logs"),
        _ => throw new InvalidOperationException("a daemon that runs was probed"),
    };

    private static CheckReport Found(string seen, string id, Severity severity, string detail, string remedy) =>
        CheckReport.Of("daemon", seen, new DoctorFinding(id, severity, detail, remedy));
}
