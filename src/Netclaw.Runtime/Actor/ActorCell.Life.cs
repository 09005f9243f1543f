using Akka.Dispatch;
using Akka.Dispatch.SysMsg;
using Akka.Event;

namespace Akka.Actor;

/// <summary>Birth and death. Failure and restart are in ActorCell.Faults.</summary>
internal sealed partial class ActorCell
{
    private void ProcessSystemMessages(Mailbox mailbox)
    {
        if (state == CellState.New)
        {
            state = CellState.Running;
            Create();
        }

        while (mailbox.TakeSystemMessages() is { } message)
        {
            for (SystemMessage? each = message, next; each is not null; each = next)
            {
                next = each.Next;
                each.Next = null;
                if (state == CellState.Stopped)
                    HandleAfterDeath(each);
                else
                    Handle(each);
            }

            if (state == CellState.Stopped)
                return;
        }
    }

    private void Handle(SystemMessage message)
    {
        if (state == CellState.Restarting && Defer(message))
            return;
        try
        {
            switch (message)
            {
                case DeathWatchNotification death:
                    Learn(death);
                    break;
                case Watch watch:
                    AddWatcher(watch.Watcher);
                    break;
                case Unwatch unwatch:
                    RemoveWatcher(unwatch.Watcher);
                    break;
                case ActorTask step:
                    step.Run();
                    break;
                case ActorTaskDone done:
                    EndAsync(done.Run);
                    break;
                case Failed failed:
                    Decide(failed);
                    break;
                case Suspend:
                    HandleSuspend();
                    break;
                case Resume resume:
                    HandleResume(resume.CausedByFailure);
                    break;
                case Recreate recreate:
                    HandleRecreate(recreate.Cause);
                    break;
                case Terminate:
                    HandleTerminate();
                    break;
            }
        }
        catch (Exception failed)
        {
            Fail(failed);
        }
    }

    private void Create()
    {
        try
        {
            MakeInstance();
            actor!.AroundPreStart();
            if (SystemImpl.Settings.DebugLifecycle)
                Publish(new Debug(LogName, actor.GetType(), $"Started ({actor})"));
        }
        catch (Exception failed)
        {
            DropInstance();
            Fail(new ActorInitializationException(self, $"Exception during creation: {failed.Message}", failed));
        }
    }

    private void MakeInstance()
    {
        behavior = null;
        behaviors = null;
        var made = props.NewActor() ?? throw new ActorInitializationException(self, "The actor's producer returned null.");
        if (made is ReceiveActor receiving)
            receiving.Seal();
        if (made is IWithTimers timed)
            timed.Timers = timers = new TimerScheduler(this);
        if (made is IActorStash stashing)
            stashing.Stash = stash = new ActorStash(this, ActorStash.CapacityFor(made.GetType(), this));
        aroundReceive = ActorTraits.OverridesAroundReceive(made.GetType()) ? made.InvokeReceive : null;
        actor = made;
    }

    /// <summary>Lets the instance go with everything that belonged to it alone.</summary>
    private void DropInstance()
    {
        timers?.CancelAll();
        timers = null;
        stash?.UnstashAll();
        stash = null;
        SetReceiveTimeout(null);
        behavior = null;
        behaviors = null;
        aroundReceive = null;
        asyncPending = 0;
        asyncGeneration++;
        if (actor is not { } released)
            return;
        actor = null;
        try
        {
            props.Release(released);
        }
        catch (Exception failed)
        {
            PublishError(failed, $"The actor's release failed: {failed.Message}");
        }
    }

    private void HandleTerminate()
    {
        if (state is CellState.Stopping or CellState.Stopped)
            return;
        SetReceiveTimeout(null);
        state = CellState.Stopping;
        deferred = null;
        if (children is not null)
        {
            foreach (var child in children.Close())
                Stop(child);
        }
        else
        {
            // Nobody may add a child from now on, not even from another thread.
            ChildrenForChange().Close();
        }

        if (children!.Count == 0)
            FinishTerminate();
    }

    private void FinishTerminate()
    {
        try
        {
            actor?.AroundPostStop();
        }
        catch (Exception failed)
        {
            PublishError(failed, $"PostStop failed: {failed.Message}");
        }

        if (SystemImpl.Settings.DebugLifecycle)
            Publish(new Debug(LogName, props.Type, "Stopped"));
        DropInstance();
        state = CellState.Stopped;
        var leftover = Mailbox.Close();
        if (self.Subscribed)
            SystemImpl.EventStream.Unsubscribe(self);
        DrainToDeadLetters(Mailbox);
        if (Parent is LocalActorRef parent)
            parent.Cell.children!.ReleaseName(self);
        ((IInternalActorRef)Parent).SendSystemMessage(new DeathWatchNotification(self, existenceConfirmed: true));
        TellWatchers();
        UnwatchAll();
        for (SystemMessage? each = leftover, next; each is not null; each = next)
        {
            next = each.Next;
            each.Next = null;
            HandleAfterDeath(each);
        }

        currentMessage = null;
        sender = null;
        failure = null;
    }

    /// <summary>What a system message that comes too late means.</summary>
    public void HandleAfterDeath(SystemMessage message)
    {
        switch (message)
        {
            case Watch watch:
                watch.Watcher.SendSystemMessage(new DeathWatchNotification(self, existenceConfirmed: false));
                break;
            case ActorTask step:
                RunAfterDeath(step);
                break;
            case ActorTaskDone done:
                EndOrphan(done.Run);
                break;
        }
    }

    /// <summary>Makes dead letters of what is in the closed mailbox. Any thread may come, one at a time works.</summary>
    public void DrainToDeadLetters(Mailbox mailbox)
    {
        lock (self)
        {
            var wait = new SpinWait();
            while (true)
            {
                object message;
                IActorRef? from;
                if (front is { Count: > 0 })
                    front.TakeFirst(out message, out from);
                else if (!reader.TryRead(mailbox, out message, out from))
                {
                    if (!reader.HasMessages(mailbox))
                        return;
                    wait.SpinOnce();
                    continue;
                }

                // A dead letter for a dead subscriber has been published already; again would be for ever.
                if (message is not AllDeadLetters)
                    SystemImpl.DeadLetters.Tell(new DeadLetter(message, from ?? SystemImpl.DeadLetters, self), from);
            }
        }
    }
}
