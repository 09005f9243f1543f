using Akka.Dispatch;
using Akka.Dispatch.SysMsg;

namespace Akka.Actor;

/// <summary>
/// Asynchronous handlers. User messages are held until the task is done. Its steps come back as system messages, so that
/// a stop or a failure of a child is not kept waiting by a task that never ends.
/// </summary>
internal sealed partial class ActorCell
{
    private ActorTaskScheduler? taskScheduler;
    private int asyncPending;
    private int asyncGeneration;

    public void RunAsync(Func<Task> handler)
    {
        var start = new Task<Task>(handler);
        start.RunSynchronously(taskScheduler ??= new ActorTaskScheduler(this));
        var task = start.GetAwaiter().GetResult();
        if (task.IsCompleted)
        {
            task.GetAwaiter().GetResult();
            return;
        }

        asyncPending++;
        receiveTimeout?.Stop();
        var run = new AsyncHandlerRun(task, asyncGeneration);
        task.ConfigureAwait(false).GetAwaiter().UnsafeOnCompleted(() =>
        {
            var done = new ActorTaskDone(run);
            if (!Mailbox.PostSystem(done))
                HandleAfterDeath(done);
        });
    }

    /// <summary>A step whose actor is gone still runs, so that its <c>finally</c> blocks do.</summary>
    public void RunAfterDeath(ActorTask step)
    {
        lock (self)
            UseThreadContext(step.Run);
    }

    private void EndAsync(AsyncHandlerRun run)
    {
        if (run.Generation != asyncGeneration)
        {
            EndOrphan(run);
            return;
        }

        asyncPending--;
        receiveTimeout?.Restart();
        if (run.Failure is { } failed)
            Fail(failed);
    }

    /// <summary>The instance that began it is gone; nobody is left to fail.</summary>
    private void EndOrphan(AsyncHandlerRun run)
    {
        if (run.Failure is { } failed)
            PublishError(failed, $"An asynchronous handler failed after its actor was replaced or stopped: {failed.Message}");
    }
}
