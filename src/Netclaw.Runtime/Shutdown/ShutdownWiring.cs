using Akka.Configuration;

namespace Akka.Actor;

/// <summary>What starts the coordinated shutdown, and what it ends with.</summary>
internal static class ShutdownWiring
{
    /// <summary>The last phase terminates the system, and <see cref="ActorSystem.Terminate"/> goes through the phases first.</summary>
    /// <exception cref="ConfigurationException">Terminate is to run the phases, but the phases are not to terminate.</exception>
    public static void TerminateSystem(CoordinatedShutdown shutdown, Config config)
    {
        if (config.GetBoolean("run-by-actor-system-terminate", true) && !config.GetBoolean("terminate-actor-system", true))
            throw new ConfigurationException("akka.coordinated-shutdown: terminate-actor-system=off goes with run-by-actor-system-terminate=off only; otherwise Terminate would never end.");
        var system = (ActorSystemImpl)shutdown.System;
        if (config.GetBoolean("terminate-actor-system", true))
        {
            shutdown.AddTask(CoordinatedShutdown.PhaseActorSystemTerminate, "terminate-system", async () =>
            {
                await system.FinalTerminate().ConfigureAwait(false);
                // On a thread of its own: the exit waits for the shutdown hook, and that for this task.
                if (config.GetBoolean("exit-clr")) new Thread(static () => Environment.Exit(0)) { IsBackground = true }.Start();
                return Done.Instance;
            });
        }

        if (config.GetBoolean("run-by-actor-system-terminate", true))
            system.BeforeTermination = () => RunThenTerminate(shutdown, system);
    }

    /// <summary>When the process ends first, the phases still run, and the process waits for them as long as they may take.</summary>
    public static void ProcessExit(CoordinatedShutdown shutdown, Config config)
    {
        if (!config.GetBoolean("run-by-clr-shutdown-hook", true)) return;
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        _ = shutdown.System.WhenTerminated.ContinueWith(
            _ => AppDomain.CurrentDomain.ProcessExit -= OnExit, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

        void OnExit(object? sender, EventArgs args)
        {
            // A process exits when this handler returns; there is nothing to await in.
            var run = shutdown.Run(CoordinatedShutdown.ClrExitReason.Instance);
            ((IAsyncResult)run).AsyncWaitHandle.WaitOne(shutdown.TotalTimeout);
        }
    }

    private static async Task RunThenTerminate(CoordinatedShutdown shutdown, ActorSystemImpl system)
    {
        try
        {
            await shutdown.Run(CoordinatedShutdown.ActorSystemTerminateReason.Instance).ConfigureAwait(false);
        }
        finally
        {
            // Where the phases do not end the system (switched off, or failed before), whoever called Terminate still means it.
            await system.FinalTerminate().ConfigureAwait(false);
        }
    }
}
