namespace Akka.Dispatch;

/// <summary>One asynchronous handler under way. Its generation tells whether the instance that started it still lives.</summary>
internal sealed class AsyncHandlerRun(Task task, int generation)
{
    public int Generation => generation;

    public Exception? Failure =>
        task.IsCompletedSuccessfully ? null
        : task.IsCanceled ? new TaskCanceledException(task)
        : task.Exception is { InnerExceptions: [var only] } ? only
        : task.Exception;
}
