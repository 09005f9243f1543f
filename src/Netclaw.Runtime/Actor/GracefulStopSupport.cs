using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>Stops an actor and waits for its end.</summary>
/// <remarks>Akka.NET documentation, "Ask: Send-And-Receive-Future".</remarks>
public static class GracefulStopSupport
{
    /// <summary>Sends <see cref="PoisonPill"/> and waits until the actor is gone.</summary>
    /// <exception cref="TaskCanceledException">It was not gone in time (through the task).</exception>
    public static Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout) =>
        target.GracefulStop(timeout, PoisonPill.Instance);

    /// <summary>Sends the message, which must make the actor stop, and waits until it is gone.</summary>
    /// <exception cref="TaskCanceledException">It was not gone in time (through the task).</exception>
    public static async Task<bool> GracefulStop(this IActorRef target, TimeSpan timeout, object stopMessage)
    {
        var system = ActorSystemImpl.Of(target) ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(target));
        var watcher = new PromiseActorRef<Terminated>(system);
        watcher.Arm(timeout, CancellationToken.None);
        var watchee = (IInternalActorRef)target;
        watchee.SendSystemMessage(new Watch(watchee, watcher));
        target.Tell(stopMessage, ActorRefs.NoSender);
        try
        {
            await watcher.Task.ConfigureAwait(false);
            return true;
        }
        catch (AskTimeoutException)
        {
            throw new TaskCanceledException($"{target} was not gone within {timeout}.");
        }
        finally
        {
            watchee.SendSystemMessage(new Unwatch(watchee, watcher));
        }
    }
}

/// <summary>Waits for the end of an actor.</summary>
/// <remarks>Akka.NET documentation, "Ask: Send-And-Receive-Future".</remarks>
public static class WatchAsyncSupport
{
    /// <summary>True once the actor is gone; false when the token comes first.</summary>
    public static async Task<bool> WatchAsync(this IActorRef target, CancellationToken token = default)
    {
        var system = ActorSystemImpl.Of(target) ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(target));
        var watcher = new PromiseActorRef<Terminated>(system);
        watcher.Arm(null, token);
        var watchee = (IInternalActorRef)target;
        watchee.SendSystemMessage(new Watch(watchee, watcher));
        try
        {
            await watcher.Task.ConfigureAwait(false);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        finally
        {
            watchee.SendSystemMessage(new Unwatch(watchee, watcher));
        }
    }
}
