using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Logs dead letters: <c>akka.log-dead-letters</c> of them, then none for <c>akka.log-dead-letters-suspend-duration</c>.
/// </summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public class DeadLetterListener : ActorBase
{
    private readonly Settings settings = Context.System.Settings;
    private long count;
    private int logged;
    private TimeSpan? silentUntil;

    /// <inheritdoc/>
    protected override bool Receive(object message)
    {
        if (message is not AllDeadLetters letter || message is SuppressedDeadLetter or UnhandledMessage)
            return true;
        count++;
        if (Context.System.WhenTerminated.IsCompleted || (!settings.LogDeadLettersDuringShutdown && ((ActorSystemImpl)Context.System).IsTerminating))
            return true;
        var now = Context.System.Scheduler.MonotonicClock;
        if (silentUntil is { } until)
        {
            if (now < until)
                return true;
            silentUntil = null;
            logged = 0;
        }

        logged++;
        var last = logged >= settings.LogDeadLetters;
        if (last && settings.LogDeadLetters < int.MaxValue)
        {
            silentUntil = settings.LogDeadLettersSuspendDuration == Timeout.InfiniteTimeSpan
                ? TimeSpan.MaxValue
                : now + settings.LogDeadLettersSuspendDuration;
        }

        var reason = letter is Dropped dropped ? $"was dropped: {dropped.Reason}" : "was not delivered";
        var silence = silentUntil is null ? "" : $" No more dead letters will be logged for {settings.LogDeadLettersSuspendDuration}.";
        Context.System.EventStream.Publish(new Info(
            letter.Recipient?.Path.ToString() ?? "deadLetters",
            letter.Recipient?.GetType() ?? GetType(),
            $"Message [{letter.Message.GetType().Name}] from {letter.Sender} to {letter.Recipient} {reason}. [{count}] dead letters encountered.{silence} "
            + "This logging can be turned off or adjusted with configuration settings 'akka.log-dead-letters' and 'akka.log-dead-letters-during-shutdown'."));
        return true;
    }
}
