using System.Collections.Immutable;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Daemon;

/// <param name="Endpoints">http urls as bound.</param>
internal sealed record StartReport(int Pid, ImmutableArray<string> Endpoints, string ControlSocket, string Log);

/// <param name="Pid">Absent when none ran.</param>
/// <param name="Forced">It had to be killed.</param>
internal sealed record StopReport(bool WasRunning, int? Pid, bool Forced);

/// <summary><c>netclaw daemon run|start|stop</c> and <c>netclaw down</c>.</summary>
internal sealed class DaemonVerbs(CommandContext context)
{
    /// <summary>Returns only when this process could not become netclawd.</summary>
    public int Run(string? listen)
    {
        context.RefuseElsewhere("daemon run");
        var executable = DaemonExecutable.Find(context.Host.Environment, context.Host.BaseDirectory);
        string[] arguments =
        [
            "run", "--home", context.Home.Root,
            .. listen is null ? Array.Empty<string>() : ["--listen", listen],
            .. context.Options.Json ? ["--json-errors"] : Array.Empty<string>(),
        ];
        var seen = ProcessImage.Replace(executable, arguments, DaemonExecutable.Variables(context.Host.Environment));
        throw new CommandFailure(RefusalCode.PartMissing, $"{executable} cannot be started: {seen}.", $"ls -l '{executable}'");
    }

    public async Task<Report> StartAsync(string? listen, CancellationToken cancellation)
    {
        context.RefuseElsewhere("daemon start");
        if (LockHolder.Find(context.Home.LockFile) is { } running)
        {
            throw new CommandFailure(RefusalCode.DaemonAlreadyRunning, $"A daemon already runs on {context.Home.Root} (pid {running}).");
        }

        var pid = await context.Starter().StartAsync(listen, context.Options.Timeout ?? DaemonStarter.DefaultBudget, cancellation);
        var bound = EndpointSurvey.RunFileOf(context.Home)?.Endpoints ?? [];
        return Report.Of(new StartReport(pid, bound, context.Home.ControlSocket, context.Home.DaemonLog), () => CliJson.Readable.StartReport, (report, screen) =>
            screen.Line($"netclawd runs (pid {report.Pid}), listening on {string.Join(", ", report.Endpoints.Add(report.ControlSocket))}."));
    }

    public async Task<Report> StopAsync(bool force, CancellationToken cancellation)
    {
        context.RefuseElsewhere("daemon stop");
        var pid = LockHolder.Find(context.Home.LockFile)
            ?? throw new CommandFailure(RefusalCode.DaemonNotRunning, $"No daemon runs on {context.Home.Root}.");
        var budget = context.Options.Timeout ?? (force ? DaemonStopper.ForcedGrace : ConfigHints.Read(context.Home.ConfigFile).Drain + DaemonStopper.ExitMargin);
        var killed = await new DaemonStopper(context.Home, context.Time).StopAsync(pid, budget, force, cancellation);
        return Report.Of(new StopReport(true, pid, killed), () => CliJson.Readable.StopReport, (report, screen) =>
            screen.Line($"netclawd (pid {report.Pid}) {(report.Forced ? "was killed" : "has stopped")}."));
    }

    /// <summary>Like stop, but a daemon that does not run is what was wanted.</summary>
    public Task<Report> DownAsync(bool force, CancellationToken cancellation)
    {
        context.RefuseElsewhere("down");
        return LockHolder.Find(context.Home.LockFile) is null
            ? Task.FromResult(Report.Of(new StopReport(false, null, false), () => CliJson.Readable.StopReport, (_, screen) =>
                screen.Line($"No daemon runs on {context.Home.Root}.")))
            : StopAsync(force, cancellation);
    }
}
