using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Actor;

namespace Netclaw.Actors.Journal;

/// <summary>
/// Every living actor that writes to the journal, and the last record of each that this process knows to be durable. Actors enter and leave by
/// themselves (<see cref="NetclawPersistentActor{TEvent,TSnapshot}"/>), so a way back from a failure can forget none. Thread-safe.
/// </summary>
public sealed class JournalWriters
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, JournalHead> _heads = new(StringComparer.Ordinal);
    private readonly Channel<bool> _moved = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private ImmutableArray<JournalWriter> _living = [];

    public ImmutableArray<JournalWriter> Living
    {
        get
        {
            lock (_gate)
            {
                return _living;
            }
        }
    }

    /// <summary>Null while nothing of that id was seen durable.</summary>
    public JournalHead? Head(string persistenceId)
    {
        lock (_gate)
        {
            return _heads.TryGetValue(persistenceId, out var head) ? head : null;
        }
    }

    /// <summary>All of them, by persistence id.</summary>
    public ImmutableDictionary<string, JournalHead> Heads
    {
        get
        {
            lock (_gate)
            {
                return _heads.ToImmutableDictionary(StringComparer.Ordinal);
            }
        }
    }

    /// <summary>Completes when a head has moved since this completed last. For one waiter.</summary>
    public async ValueTask MovedAsync(CancellationToken cancellation) => await _moved.Reader.ReadAsync(cancellation).ConfigureAwait(false);

    internal JournalWriter Enter(string persistenceId, IActorRef actor, long epoch)
    {
        var writer = new JournalWriter(persistenceId, actor, epoch);
        lock (_gate)
        {
            _living = _living.Add(writer);
        }

        return writer;
    }

    internal void Leave(JournalWriter writer)
    {
        lock (_gate)
        {
            _living = _living.Remove(writer);
        }

        writer.Ended();
    }

    /// <summary>The sum is kept as it is, not copied.</summary>
    internal void Durable(string persistenceId, JournalHead head)
    {
        lock (_gate)
        {
            _heads[persistenceId] = head;
        }

        _moved.Writer.TryWrite(true);
    }
}
