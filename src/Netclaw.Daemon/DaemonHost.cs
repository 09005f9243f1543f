using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Secrets;
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
        using var prepared = PreparedHome.Take(arguments, Environment.GetEnvironmentVariable, problems);
        SharedSecretSetup.ForgetEnvironment();
        if (prepared is null)
        {
            return Refused(arguments, problems, report);
        }

        // Heeded before anybody can see that the daemon is ready.
        var asked = new StopSignal(prepared.Options.Shutdown);
        using var signals = new Signals(asked);
        using var limit = arguments.Trial ? Trial.Limit(asked) : null;
        using var cancelled = stop.Register(() => asked.Stop("the host"));
        var daemon = await RunningDaemon.StartAsync(prepared, asked, toTerminal: !arguments.Detached, overrides, problems).ConfigureAwait(false);
        if (daemon is null)
        {
            return Refused(arguments, problems, report);
        }

        await using (daemon.ConfigureAwait(false))
        {
            if (arguments.Detached)
            {
                Detachment.LetGoOfStreams();
            }

            await daemon.StopAsync(await asked.Asked.ConfigureAwait(false)).ConfigureAwait(false);
        }

        return ExitCodes.Ok;
    }

    private static int Refused(DaemonArguments arguments, StartProblems problems, Action<string>? report)
    {
        (report ?? StandardError.Write)(StartReport.Render(problems, arguments.JsonErrors));
        return problems.ExitCode;
    }
}
