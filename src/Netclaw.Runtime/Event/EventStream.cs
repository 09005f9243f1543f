using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// The system's main bus. A subscription is by type and covers its subtypes and implementations; it ends with the subscriber.
/// </summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public class EventStream : LoggingBus
{
    private readonly bool debug;

    /// <summary>Made by the system.</summary>
    public EventStream(bool debug) => this.debug = debug;

    /// <inheritdoc/>
    public override bool Subscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        ArgumentNullException.ThrowIfNull(channel);
        var local = subscriber as LocalActorRef;
        local?.Subscribed = true;
        var added = base.Subscribe(subscriber, channel);
        if (local is { IsTerminated: true })
        {
            // It ended while it subscribed.
            base.Unsubscribe(local);
            return false;
        }

        if (debug)
            Publish(new Debug(nameof(EventStream), GetType(), $"subscribing {subscriber} to channel {channel}"));
        return added;
    }

    /// <inheritdoc/>
    public override bool Unsubscribe(IActorRef subscriber, Type channel)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        if (debug)
            Publish(new Debug(nameof(EventStream), GetType(), $"unsubscribing {subscriber} from channel {channel}"));
        return base.Unsubscribe(subscriber, channel);
    }

    /// <inheritdoc/>
    public override bool Unsubscribe(IActorRef subscriber)
    {
        ArgumentNullException.ThrowIfNull(subscriber);
        if (debug)
            Publish(new Debug(nameof(EventStream), GetType(), $"unsubscribing {subscriber} from all channels"));
        return base.Unsubscribe(subscriber);
    }
}

/// <summary>Subscriptions by type argument.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public static class EventStreamExtensions
{
    /// <summary>True when it was not subscribed before.</summary>
    public static bool Subscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Subscribe(subscriber, typeof(TChannel));

    /// <summary>True when it was subscribed.</summary>
    public static bool Unsubscribe<TChannel>(this EventStream eventStream, IActorRef subscriber) =>
        eventStream.Unsubscribe(subscriber, typeof(TChannel));
}
