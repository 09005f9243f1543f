using System.Collections.Concurrent;
using Akka.Actor;

namespace Akka.Event;

/// <summary>
/// Publish and subscribe by classifier. Publishing takes no lock: the subscribers of a classifier are looked up once and
/// kept until a subscription changes.
/// </summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public abstract class EventBus<TEvent, TClassifier, TSubscriber>
    where TClassifier : notnull
    where TSubscriber : notnull
{
    private readonly Lock gate = new();
    private volatile Table table = new([]);

    /// <summary>For buses of a kind of events.</summary>
    protected EventBus()
    {
    }

    /// <summary>False when the subscriber already gets these events.</summary>
    public virtual bool Subscribe(TSubscriber subscriber, TClassifier classifier)
    {
        lock (gate)
        {
            foreach (var entry in table.Entries)
            {
                if (entry.Who.Equals(subscriber) && IsSubClassification(entry.What, classifier))
                    return false;
            }

            table = new Table([.. table.Entries, new Entry(subscriber, classifier)]);
            return true;
        }
    }

    /// <inheritdoc/>
    public virtual bool Unsubscribe(TSubscriber subscriber) => Keep((who, _) => !who.Equals(subscriber));

    /// <summary>Ends the subscription to the classifier and to those below it.</summary>
    public virtual bool Unsubscribe(TSubscriber subscriber, TClassifier classifier) =>
        Keep((who, what) => !who.Equals(subscriber) || !IsSubClassification(classifier, what));

    /// <summary>Tells every subscriber of the event's classifier.</summary>
    public virtual void Publish(TEvent @event)
    {
        var current = table;
        foreach (var subscriber in current.ByClassifier.GetOrAdd(GetClassifier(@event), Find, (this, current)))
            Publish(@event, subscriber);
    }

    /// <summary>Whether subscribers of the parent hear events of the child.</summary>
    protected abstract bool IsSubClassification(TClassifier parent, TClassifier child);

    /// <summary>Tells every subscriber of the event's classifier.</summary>
    protected abstract void Publish(TEvent @event, TSubscriber subscriber);

    /// <summary>By what the event is subscribed to.</summary>
    protected abstract TClassifier GetClassifier(TEvent @event);

    private static TSubscriber[] Find(TClassifier classifier, (EventBus<TEvent, TClassifier, TSubscriber> Bus, Table Table) state) =>
        [.. state.Table.Entries.Where(each => state.Bus.IsSubClassification(each.What, classifier)).Select(static each => each.Who).Distinct()];

    private bool Keep(Func<TSubscriber, TClassifier, bool> keep)
    {
        lock (gate)
        {
            var kept = Array.FindAll(table.Entries, each => keep(each.Who, each.What));
            if (kept.Length == table.Entries.Length)
                return false;
            table = new Table(kept);
            return true;
        }
    }

    /// <summary>A class, so that all buses share one compiled code of the searches.</summary>
    private sealed class Entry(TSubscriber who, TClassifier what)
    {
        public TSubscriber Who => who;

        public TClassifier What => what;
    }

    private sealed class Table(Entry[] entries)
    {
        public Entry[] Entries => entries;

        public ConcurrentDictionary<TClassifier, TSubscriber[]> ByClassifier { get; } = new();
    }
}

/// <summary>An event bus whose subscribers are actors.</summary>
/// <remarks>Akka.NET documentation, "Event Bus".</remarks>
public abstract class ActorEventBus<TEvent, TClassifier> : EventBus<TEvent, TClassifier, IActorRef>
    where TClassifier : notnull
{
    /// <summary>For buses whose subscribers are actors.</summary>
    protected ActorEventBus()
    {
    }
}
