using Akka.Dispatch;

namespace Akka.Actor;

/// <summary>A run: system messages, then user messages up to the dispatcher's throughput, system messages in between first.</summary>
internal sealed partial class ActorCell
{
    private MessageDeque? front;
    private Type? plainType;

    /// <summary>Called by the dispatcher while the mailbox is scheduled; gives the mailbox up at the end.</summary>
    public void Run(Mailbox mailbox)
    {
        var previous = current;
        current = this;
        try
        {
            var budget = mailbox.Dispatcher.Throughput;
            do
            {
                if (mailbox.HasSystemMessages || state == CellState.New)
                    ProcessSystemMessages(mailbox);
                if (state == CellState.Stopped)
                    return;
                budget = ProcessUserMessages(mailbox, budget);
            }
            while (mailbox.HasSystemMessages);

            var held = Held;
            if (asyncPending == 0 && failure is null)
            {
                currentMessage = null;
                sender = null;
            }

            if (budget <= 0 || (!held && front is { Count: > 0 }) || !mailbox.TryRest(ref reader, held))
                mailbox.Reschedule();
        }
        finally
        {
            current = previous;
        }
    }

    private int ProcessUserMessages(Mailbox mailbox, int budget)
    {
        while (budget > 0)
        {
            try
            {
                while (!Held && !mailbox.HasSystemMessages)
                {
                    if (budget == 0)
                        return 0;
                    object message;
                    if (front is { Count: > 0 })
                        front.TakeFirst(out message, out sender);
                    else if (!reader.TryRead(mailbox, out message, out sender))
                        return budget;
                    budget--;
                    currentMessage = message;
                    Invoke(message);
                }

                return budget;
            }
            catch (Exception failed)
            {
                Fail(failed);
            }
        }

        return budget;
    }

    private void Invoke(object message)
    {
        if (message.GetType() != plainType)
        {
            if (message is IAutoReceivedMessage)
            {
                AutoReceive(message);
                return;
            }

            plainType = message.GetType();
        }

        if (receiveTimeout is null)
            Receive(message);
        else
            ReceiveWithTimeout(message);
    }

    private void Receive(object message)
    {
        var instance = actor!;
        if (aroundReceive is not null)
            instance.AroundReceive(behavior ?? aroundReceive, message);
        else if (!(behavior is null ? instance.InvokeReceive(message) : behavior(message)))
            instance.InvokeUnhandled(message);
    }

    private void AutoReceive(object message)
    {
        switch (message)
        {
            case Terminated terminated:
                ReceiveTerminated(terminated);
                break;
            case TimerTick tick:
                if (timers?.Accept(tick) == true)
                    Invoke(currentMessage = tick.Message);
                break;
            case ReceiveTimeoutTick tick:
                if (receiveTimeout?.Accept(tick) == true)
                    Receive(currentMessage = Akka.Actor.ReceiveTimeout.Instance);
                break;
            case PoisonPill:
                self.Stop();
                break;
            case Kill:
                throw new ActorKilledException("Kill");
            case Identify identify:
                Sender.Tell(new ActorIdentity(identify.MessageId, self), self);
                break;
            case ActorSelectionMessage selection:
                Invoke(currentMessage = selection.Message);
                break;
            default:
                Receive(message);
                break;
        }
    }
}
