using System.Collections.Concurrent;

namespace Akka.Persistence.Journal;

/// <summary>Keeps the event objects themselves, for the life of the actor system. Writes are done when they return.</summary>
internal sealed class MemoryJournal : EventJournal
{
    private const int ChunkSize = 512;

    private readonly ConcurrentDictionary<string, Log> _logs = new(StringComparer.Ordinal);

    public override PreparedEvent Prepare(object payload) =>
        new(payload is Tagged tagged ? tagged.Payload : payload, 0, string.Empty, null);

    public override bool Write(JournalWrite write)
    {
        write.Failure = _logs.GetOrAdd(write.PersistenceId, static _ => new Log()).Append(write);
        return true;
    }

    public override Task<long> HighestSequenceNr(string persistenceId, CancellationToken cancel) =>
        Task.FromResult(_logs.TryGetValue(persistenceId, out var log) ? log.Highest : 0);

    public override Task<IReadOnlyList<ReplayedEvent>> Read(string persistenceId, long from, long to, long max, CancellationToken cancel) =>
        Task.FromResult(_logs.TryGetValue(persistenceId, out var log) ? log.Read(from, to, (int)Math.Min(max, ChunkSize)) : []);

    public override Task Delete(string persistenceId, long to)
    {
        if (_logs.TryGetValue(persistenceId, out var log))
        {
            log.Delete(to);
        }

        return Task.CompletedTask;
    }

    private sealed class Log
    {
        private readonly List<object> _events = [];
        private long _deleted;

        public long Highest
        {
            get
            {
                lock (_events)
                {
                    return _deleted + _events.Count;
                }
            }
        }

        public Exception? Append(JournalWrite write)
        {
            lock (_events)
            {
                var highest = _deleted + _events.Count;
                if (write.FirstSequenceNr != highest + 1)
                {
                    return new InvalidOperationException(
                        $"The in-memory journal holds {write.PersistenceId} up to sequence {highest}, so {write.FirstSequenceNr} cannot follow: another writer uses the same persistence id.");
                }

                foreach (ref readonly var e in write.Events.AsSpan())
                {
                    _events.Add(e.Stored);
                }

                return null;
            }
        }

        public IReadOnlyList<ReplayedEvent> Read(long from, long to, int max)
        {
            lock (_events)
            {
                from = Math.Max(from, _deleted + 1);
                to = Math.Min(to, _deleted + _events.Count);
                var count = (int)Math.Clamp(to - from + 1, 0, max);
                var chunk = new ReplayedEvent[count];
                for (var i = 0; i < count; i++)
                {
                    chunk[i] = new ReplayedEvent(from + i, _events[(int)(from + i - _deleted - 1)]);
                }

                return chunk;
            }
        }

        public void Delete(long to)
        {
            lock (_events)
            {
                var count = (int)Math.Clamp(to - _deleted, 0, _events.Count);
                _events.RemoveRange(0, count);
                _deleted += count;
            }
        }
    }
}
