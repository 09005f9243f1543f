using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon;

/// <summary>Runs one gateway on one home, from its command line to its exit code.</summary>
public static class DaemonHost
{
    /// <param name="overrides">Replaces services; for test executables.</param>
    /// <param name="stop">Ends it like a signal.</param>
    /// <param name="report">Where start problems go; standard error by default.</param>
    /// <returns>The exit code: 0 after a stop, else the first start problem's (<see cref="RefusalTable"/>).</returns>
    public static async Task<int> RunAsync(
        DaemonArguments arguments, Action<IServiceCollection>? overrides, CancellationToken stop, Action<string>? report = null)
    {
        if (arguments.Detached)
        {
            Detachment.LeaveTerminal();
        }

        var problems = new StartProblems();
        var prepared = PreparedHome.Take(arguments, Environment.GetEnvironmentVariable, problems);
        var daemon = prepared is null
            ? null
            : await RunningDaemon.StartAsync(prepared, toTerminal: !arguments.Detached, overrides, problems, CancellationToken.None).ConfigureAwait(false);
        if (daemon is null)
        {
            (report ?? StandardError.Write)(StartReport.Render(problems, arguments.JsonErrors));
            return problems.ExitCode;
        }

        await using (daemon.ConfigureAwait(false))
        {
            using var signals = new Signals(daemon.StopSignal);
            using var cancelled = stop.Register(() => daemon.StopSignal.Stop("the host"));
            if (arguments.Detached)
            {
                Detachment.LetGoOfStreams();
            }

            await daemon.StopAsync(await daemon.StopSignal.Asked.ConfigureAwait(false)).ConfigureAwait(false);
        }

        return ExitCodes.Ok;
    }
}
