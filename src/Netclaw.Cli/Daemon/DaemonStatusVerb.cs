using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Cli.Status;
using Netclaw.Protocol;

namespace Netclaw.Cli.Daemon;

/// <param name="Problem">What keeps it from being ready.</param>
/// <param name="Status">Absent while it is not ready.</param>
internal sealed record DaemonStatusReport(bool Running, int Pid, bool Ready, string? Problem, StatusReport? Status);

/// <summary><c>netclaw daemon status</c>: the lock, then readiness, then the status, all of this home and without any credential.</summary>
internal sealed class DaemonStatusVerb(CommandContext context)
{
    public async Task<Report> RunAsync(CancellationToken cancellation)
    {
        context.RefuseElsewhere("daemon status");
        var pid = LockHolder.Find(context.Home.LockFile)
            ?? throw new CommandFailure(RefusalCode.DaemonNotRunning, $"No daemon runs on {context.Home.Root}.");
        return await ControlProbe.AskAsync(context.Home.ControlSocket, cancellation) switch
        {
            ProbeResult.Ready => Show(new DaemonStatusReport(true, pid, true, null, await StatusAsync(cancellation))),
            ProbeResult.NotReady notReady => Show(new DaemonStatusReport(true, pid, false, notReady.Seen, null)),
            ProbeResult.Silent silent => Show(new DaemonStatusReport(true, pid, false, "control socket: " + silent.Seen, null)),
            _ => throw new InvalidOperationException("a probe is ready, not ready or silent"),
        };
    }

    private async Task<StatusReport> StatusAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenControlAsync(context, cancellation);
        return StatusReport.Of(await gateway.StatusAsync(), gateway.ReachedBy);
    }

    private static Report Show(DaemonStatusReport report) => Report.Of(report, () => CliJson.Readable.DaemonStatusReport, (value, screen) =>
    {
        if (value.Status is { } status)
        {
            StatusSheet.Print(status, screen);
        }
        else
        {
            screen.Line($"netclawd runs (pid {value.Pid}) and is not ready: {PlainText.Of(value.Problem)}.");
        }
    });
}
