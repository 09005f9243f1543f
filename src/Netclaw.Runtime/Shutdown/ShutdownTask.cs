using Akka.Event;

namespace Akka.Actor;

/// <summary>A task of a shutdown phase.</summary>
internal sealed record ShutdownTask(string Name, Func<Task<Done>> Start)
{
    /// <summary>Runs it; a failure is logged and passed over if the phase recovers.</summary>
    public async Task Run(ShutdownPhase phase, ILoggingAdapter log)
    {
        try
        {
            // Beside the others, even if it does its work before its first await.
            await Task.Run(Start).ConfigureAwait(false);
        }
        catch (Exception error) when (phase.Recover)
        {
            log.Warning("Task [{0}] failed in phase [{1}]: {2}", Name, phase.Name, error.Message);
        }
    }
}
