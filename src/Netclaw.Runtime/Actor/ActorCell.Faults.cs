using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>
/// Failure: the actor and its children are suspended and the parent is told. The parent decides; the actor resumes,
/// gets a new instance, or stops.
/// </summary>
internal sealed partial class ActorCell
{
    private int suspensions;
    private Exception? failure;
    private IInternalActorRef? perpetrator;
    private Exception? restartCause;
    private List<SystemMessage>? deferred;

    private string LogName => self.Path.ToString();

    /// <summary>Reports a failure once; what fails while it is being dealt with is only logged.</summary>
    private void Fail(Exception cause, IInternalActorRef? causedBy = null, bool suspendChildren = true)
    {
        if (failure is not null || state is CellState.Stopping or CellState.Stopped)
        {
            PublishError(cause, $"failed while {(failure is null ? "stopping" : "a failure was being dealt with")}: {cause.Message}");
            return;
        }

        failure = cause;
        perpetrator = causedBy;
        suspensions++;
        if (suspendChildren && children is not null)
        {
            foreach (var child in children.ToArray())
            {
                if (!ReferenceEquals(child, causedBy))
                    child.Suspend();
            }
        }

        ((IInternalActorRef)Parent).SendSystemMessage(new Failed(self, cause));
    }

    /// <summary>A child failed.</summary>
    private void Decide(Failed failed)
    {
        if (state != CellState.Running || failed.Child is not LocalActorRef child || children?.Contains(child) != true)
            return;
        var strategy = children.Strategy ??= props.SupervisorStrategy ?? actor?.OwnStrategy() ?? Akka.Actor.SupervisorStrategy.DefaultStrategy;
        if (!strategy.HandleFailure(this, child, failed.Cause, children))
            Fail(failed.Cause, child);
    }

    private void HandleSuspend()
    {
        suspensions++;
        if (children is null)
            return;
        foreach (var child in children.ToArray())
            child.Suspend();
    }

    private void HandleResume(Exception? causedByFailure)
    {
        if (state != CellState.Running)
            return;
        if (actor is null)
        {
            // There is nothing to resume: the instance could not be made. Make it now.
            CreateAgain();
            return;
        }

        var guilty = perpetrator;
        LiftSuspension();
        if (causedByFailure is not null)
            Forgive();
        if (children is null)
            return;
        foreach (var child in children.ToArray())
            child.Resume(ReferenceEquals(child, guilty) ? causedByFailure : null);
    }

    private void HandleRecreate(Exception cause)
    {
        if (state != CellState.Running)
            return;
        if (actor is null)
        {
            CreateAgain();
            return;
        }

        try
        {
            actor.AroundPreRestart(cause, currentMessage!);
        }
        catch (Exception failed)
        {
            PublishError(new PreRestartException(self, failed, cause, currentMessage), $"PreRestart failed: {failed.Message}");
        }

        DropInstance();
        AwaitChildren(cause);
    }

    private void CreateAgain()
    {
        if (children is not null)
        {
            foreach (var child in children.ToArray())
                Stop(child);
        }

        AwaitChildren(null);
    }

    /// <summary>Goes on once the children that were asked to stop are gone. A null cause: the actor never was.</summary>
    private void AwaitChildren(Exception? cause)
    {
        restartCause = cause;
        state = CellState.Restarting;
        if (children is not { Dying: > 0 })
            FinishRestart();
    }

    private void FinishRestart()
    {
        var cause = restartCause;
        restartCause = null;
        state = CellState.Running;
        LiftSuspension();
        Forgive();
        if (cause is null)
            Create();
        else
            Replace(cause);
        ReplayDeferred();
    }

    private void Replace(Exception cause)
    {
        var survivors = children?.ToArray();
        try
        {
            MakeInstance();
            actor!.AroundPostRestart(cause, currentMessage!);
            currentMessage = null;
            if (SystemImpl.Settings.DebugLifecycle)
                Publish(new Debug(LogName, actor.GetType(), "Restarted"));
        }
        catch (Exception failed)
        {
            DropInstance();
            Fail(new PostRestartException(self, failed, cause), suspendChildren: false);
            return;
        }

        foreach (var child in survivors ?? [])
            child.Restart(cause);
    }

    /// <summary>While old children go, decisions about this actor wait; its end and their ends do not.</summary>
    private bool Defer(SystemMessage message)
    {
        if (message is not (Suspend or Resume or Recreate or Failed))
            return false;
        (deferred ??= []).Add(message);
        return true;
    }

    private void ReplayDeferred()
    {
        var waiting = deferred;
        deferred = null;
        foreach (var message in waiting ?? [])
            Handle(message);
    }

    private void LiftSuspension() => suspensions = Math.Max(0, suspensions - 1);

    private void Forgive()
    {
        failure = null;
        perpetrator = null;
    }

    private void Publish(LogEvent log) => SystemImpl.EventStream.Publish(log);

    private void PublishError(Exception cause, string message) =>
        Publish(new Error(cause, LogName, actor?.GetType() ?? props.Type, message));
}
