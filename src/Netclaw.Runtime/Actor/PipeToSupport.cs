namespace Akka.Actor;

/// <summary>
/// Sends a task's outcome to an actor: its result, or what <c>success</c> makes of it; a failure as
/// <see cref="Status.Failure"/>, or what <c>failure</c> makes of it. A task without a result and without
/// <c>success</c> sends only failures.
/// </summary>
/// <remarks>Akka.NET documentation, "Ask: Send-And-Receive-Future".</remarks>
public static class PipeToSupport
{
    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        PipeTo(taskToPipe, recipient, false, sender, success, failure);

    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static async Task PipeTo<T>(this Task<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null)
    {
        T result;
        try
        {
            result = await taskToPipe.ConfigureAwait(useConfigureAwait);
        }
        catch (Exception error)
        {
            recipient.Tell(failure is null ? new Status.Failure(error) : failure(error), sender);
            return;
        }

        recipient.Tell(success is null ? result! : success(result), sender);
    }

    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static Task PipeTo(this Task taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        PipeTo(taskToPipe, recipient, false, sender, success, failure);

    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static async Task PipeTo(this Task taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null)
    {
        try
        {
            await taskToPipe.ConfigureAwait(useConfigureAwait);
        }
        catch (Exception error)
        {
            recipient.Tell(failure is null ? new Status.Failure(error) : failure(error), sender);
            return;
        }

        if (success is not null)
            recipient.Tell(success(), sender);
    }

    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, false, sender, success, failure);

    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static Task PipeTo<T>(this ValueTask<T> taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<T, object>? success = null, Func<Exception, object>? failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, useConfigureAwait, sender, success, failure);

    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, false, sender, success, failure);

    /// <summary>Sends the result of the task, or its failure, as a message; the functions turn them into other messages.</summary>
    public static Task PipeTo(this ValueTask taskToPipe, ICanTell recipient, bool useConfigureAwait, IActorRef? sender = null, Func<object>? success = null, Func<Exception, object>? failure = null) =>
        PipeTo(taskToPipe.AsTask(), recipient, useConfigureAwait, sender, success, failure);
}
