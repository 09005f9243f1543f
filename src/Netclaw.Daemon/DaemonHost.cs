using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Logging;
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
        var echo = EchoFor(arguments, manager);
        ServiceManager.ForgetEnvironment();
        var problems = new StartProblems();
        using var prepared = PreparedHome.Take(arguments, Environment.GetEnvironmentVariable, problems);
        SharedSecretSetup.ForgetEnvironment();
        if (prepared is null)
        {
            return Refused(arguments, problems, report, manager, echo);
        }

        // Heeded before anybody can see that the daemon is ready.
        var asked = new StopSignal(prepared.Options.Shutdown);
        using var signals = new Signals(asked);
        using var limit = arguments.Trial ? Trial.Limit(asked) : null;
        using var cancelled = stop.Register(() => asked.Stop("the host"));
        var daemon = await RunningDaemon.StartAsync(prepared, asked, echo, overrides, problems).ConfigureAwait(false);
        if (daemon is null)
        {
            return Refused(arguments, problems, report, manager, echo);
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

    private static LogEcho EchoFor(DaemonArguments arguments, ServiceManager manager) =>
        arguments.Detached ? LogEcho.Nothing
        : !manager.Listens ? LogEcho.Everything
        : JournalStream.IsStandardError(Environment.GetEnvironmentVariable) ? LogEcho.RankedProblems
        : LogEcho.Problems;

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

    private static int Refused(DaemonArguments arguments, StartProblems problems, Action<string>? report, ServiceManager manager, LogEcho echo)
    {
        manager.Status($"not started: {problems.Found[0].Message}");
        (report ?? StandardError.Write)(echo switch
        {
            _ when arguments.JsonErrors => StartReport.Render(problems, asJson: true),
            LogEcho.Problems or LogEcho.RankedProblems => string.Concat(StartReport.Lines(problems).Select(line => EchoedLine.Of(echo, LogLevel.Error, line) + "\n")),
            _ => StartReport.Render(problems, asJson: false),
        });
        return problems.ExitCode;
    }
}
