namespace Netclaw.Actors.Journal;

/// <summary>
/// Reads a long journal on all cores: records are looked at in pieces beside their actor, which takes them in their order. Of a piece with a bad record nothing is looked at behind it.
/// Not thread-safe.
/// </summary>
/// <param name="decode">Thread-safe.</param>
/// <param name="take">Called by <see cref="Add"/> and <see cref="Finish"/> alone; what it throws ends the reading.</param>
internal sealed class RecordsAhead<TEvent>(string persistenceId, JournalKeys keys, Func<string, ReadOnlyMemory<byte>, TEvent> decode, Action<ReadRecord<TEvent>> take)
{
    private const int PieceSize = 1024;

    /// <summary>Pieces that may be looked at, or wait for the actor; more would only hold memory.</summary>
    private static readonly int MostPieces = Environment.ProcessorCount + 1;

    private readonly Queue<Task<List<ReadRecord<TEvent>>>> _pieces = [];
    private List<(long Sequence, JournalRecord Record)> _next = new(PieceSize);

    public void Add(long sequence, JournalRecord record)
    {
        _next.Add((sequence, record));
        if (_next.Count == PieceSize)
        {
            Send();
        }

        while (_pieces.Count > MostPieces)
        {
            TakeFirst();
        }
    }

    public void Finish()
    {
        Send();
        while (_pieces.Count > 0)
        {
            TakeFirst();
        }
    }

    private void Send()
    {
        var piece = _next;
        _next = new List<(long, JournalRecord)>(PieceSize);
        _pieces.Enqueue(Task.Run(() => Look(piece)));
    }

    private List<ReadRecord<TEvent>> Look(List<(long Sequence, JournalRecord Record)> piece)
    {
        using var chain = new RecordChain(persistenceId, keys);
        var read = new List<ReadRecord<TEvent>>(piece.Count);
        foreach (var (sequence, record) in piece)
        {
            read.Add(ReadRecord<TEvent>.Of(chain, decode, sequence, record));
            if (!read[^1].IsGood)
            {
                break;
            }
        }

        return read;
    }

    private void TakeFirst()
    {
        foreach (var read in _pieces.Dequeue().GetAwaiter().GetResult())
        {
            take(read);
        }
    }
}
