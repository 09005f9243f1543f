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

        using var manager = ServiceManager.Of(Environment.GetEnvironmentVariable);
        ServiceManager.ForgetEnvironment();
        var problems = new StartProblems();
        using var prepared = PreparedHome.Take(arguments, Environment.GetEnvironmentVariable, problems);
        SharedSecretSetup.ForgetEnvironment();
        if (prepared is null)
        {
            return Refused(arguments, problems, report, manager);
        }

        // Heeded before anybody can see that the daemon is ready.
        var asked = new StopSignal(prepared.Options.Shutdown);
        using var signals = new Signals(asked);
        using var limit = arguments.Trial ? Trial.Limit(asked) : null;
        using var cancelled = stop.Register(() => asked.Stop("the host"));
        var daemon = await RunningDaemon.StartAsync(prepared, asked, toTerminal: !arguments.Detached, overrides, problems).ConfigureAwait(false);
        if (daemon is null)
        {
            return Refused(arguments, problems, report, manager);
        }

        await using (daemon.ConfigureAwait(false))
        {
            if (arguments.Detached)
            {
                Detachment.LetGoOfStreams();
            }

            await ServeAsync(daemon, asked, manager).ConfigureAwait(false);
        }

        return ExitCodes.Ok;
    }

    /// <summary>Until it is asked to stop, and then until it has.</summary>
    private static async Task ServeAsync(RunningDaemon daemon, StopSignal asked, ServiceManager manager)
    {
        manager.Ready(daemon.Serving);
        using var unwatch = new CancellationTokenSource();
        var watching = manager.Listens ? daemon.Watch(manager).RunAsync(unwatch.Token) : Task.CompletedTask;
        var by = await asked.Asked.ConfigureAwait(false);
        await unwatch.CancelAsync().ConfigureAwait(false);
        manager.Stopping(daemon.StopBudget);
        await watching.ConfigureAwait(false);
        await daemon.StopAsync(by).ConfigureAwait(false);
    }

    private static int Refused(DaemonArguments arguments, StartProblems problems, Action<string>? report, ServiceManager manager)
    {
        manager.Status($"not started: {problems.Found[0].Message}");
        (report ?? StandardError.Write)(StartReport.Render(problems, arguments.JsonErrors));
        return problems.ExitCode;
    }
}
