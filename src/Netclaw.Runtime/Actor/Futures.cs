namespace Akka.Actor;

/// <summary>
/// Ask: send a message and get the answer as a task. Without a timeout <c>akka.actor.ask-timeout</c> holds, which is
/// infinite by default. A <see cref="Status.Failure"/> as the answer makes the task fail with its cause.
/// </summary>
/// <remarks>Akka.NET documentation, "Ask: Send-And-Receive-Future".</remarks>
public static class Futures
{
    /// <exception cref="AskTimeoutException">No answer came in time (through the task).</exception>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<object>(message, timeout, CancellationToken.None);

    /// <summary>Sends the message and gives the answer as a task; leaves nothing behind, answered or not.</summary>
    public static Task<object> Ask(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<object>(message, null, cancellationToken);

    /// <summary>Sends the message and gives the answer as a task; leaves nothing behind, answered or not.</summary>
    public static Task<object> Ask(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken) =>
        self.Ask<object>(message, timeout, cancellationToken);

    /// <exception cref="AskTimeoutException">No answer came in time (through the task).</exception>
    /// <exception cref="ArgumentException">The answer is of another type (through the task).</exception>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout = null) =>
        self.Ask<T>(message, timeout, CancellationToken.None);

    /// <summary>Sends the message and gives the answer as a task; leaves nothing behind, answered or not.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, CancellationToken cancellationToken) =>
        self.Ask<T>(message, null, cancellationToken);

    /// <summary>Sends the message and gives the answer as a task; leaves nothing behind, answered or not.</summary>
    public static Task<T> Ask<T>(this ICanTell self, object message, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (message is null)
            throw new InvalidMessageException();
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var promise = Prepare<T>(self, timeout, cancellationToken);
        self.Tell(message, promise);
        return promise.Task;
    }

    /// <summary>For messages that carry the reference to answer to.</summary>
    public static Task<T> Ask<T>(this ICanTell self, Func<IActorRef, object> messageFactory, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellationToken);
        var promise = Prepare<T>(self, timeout, cancellationToken);
        self.Tell(messageFactory(promise), promise);
        return promise.Task;
    }

    private static PromiseActorRef<T> Prepare<T>(ICanTell target, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var system = ActorSystemImpl.Of(target)
            ?? throw new ArgumentException("Unable to resolve the target Provider", nameof(target));
        var promise = new PromiseActorRef<T>(system);
        promise.Arm(timeout ?? system.Settings.AskTimeoutOrNone, cancellationToken);
        return promise;
    }
}
