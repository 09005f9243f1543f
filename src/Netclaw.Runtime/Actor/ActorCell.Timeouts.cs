namespace Akka.Actor;

/// <summary>Timers, receive timeout and stash: what belongs to one instance.</summary>
internal sealed partial class ActorCell
{
    private TimerScheduler? timers;
    private ActorStash? stash;
    private ReceiveTimeoutClock? receiveTimeout;

    public TimeSpan? ReceiveTimeout => receiveTimeout?.Timeout;

    public void SetReceiveTimeout(TimeSpan? timeout)
    {
        receiveTimeout?.Stop();
        receiveTimeout = timeout is { } set && set > TimeSpan.Zero ? new ReceiveTimeoutClock(this, set) : null;
        receiveTimeout?.Restart();
    }

    /// <summary>Puts messages before those in the mailbox; the first of them will be next.</summary>
    public void Prepend(IReadOnlyList<Envelope> envelopes)
    {
        for (var i = envelopes.Count - 1; i >= 0; i--)
        {
            if (envelopes[i].Message is Terminated terminated)
                (watch ??= new()).QueueAgain(terminated.ActorRef);
            (front ??= new()).AddFirst(envelopes[i]);
        }
    }

    public Envelope CurrentEnvelope => new(currentMessage!, sender);

    private void ReceiveWithTimeout(object message)
    {
        if (message is INotInfluenceReceiveTimeout)
        {
            Receive(message);
            return;
        }

        receiveTimeout!.Stop();
        try
        {
            Receive(message);
        }
        finally
        {
            if (asyncPending == 0)
                receiveTimeout?.Restart();
        }
    }
}
