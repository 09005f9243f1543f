using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Akka.Dispatch;

/// <summary>
/// Runs the steps of asynchronous handlers as their actor: one at a time with its messages, with Context, Self and Sender.
/// </summary>
/// <remarks>Akka.NET documentation, "Dispatchers".</remarks>
public class ActorTaskScheduler : TaskScheduler
{
    private readonly ActorCell cell;

    internal ActorTaskScheduler(ActorCell cell) => this.cell = cell;

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>The message whose handler is running.</summary>
    public object? CurrentMessage => cell.CurrentMessage;

    /// <summary>Runs the action, and waits for the task of an asynchronous one, before the actor's next message.</summary>
    public static void RunTask(Action action) => RunTask(() =>
    {
        action();
        return Task.CompletedTask;
    });

    /// <inheritdoc cref="RunTask(Action)"/>
    /// <exception cref="InvalidOperationException">No actor is running on this thread.</exception>
    public static void RunTask(Func<Task> asyncAction)
    {
        var cell = ActorCell.Current
            ?? throw new InvalidOperationException("RunTask must be called from an actor's own message processing.");
        cell.RunAsync(asyncAction);
    }

    internal void Run(Task task) => TryExecuteTask(task);

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        if (!cell.Mailbox.PostSystem(new ActorTask(task, this)))
            ThreadPool.UnsafeQueueUserWorkItem(static state => state.cell.RunAfterDeath(state.step), (cell, step: new ActorTask(task, this)), preferLocal: false);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && ReferenceEquals(ActorCell.Current, cell) && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [];
}
