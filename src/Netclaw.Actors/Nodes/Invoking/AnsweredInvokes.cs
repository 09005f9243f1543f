using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>
/// Invocations that are over: for some minutes the same key gets the same answer, and a node that answers late is told so. Bounded by time, number and bytes; what no longer
/// fits loses its answer first and its name last, so that a key is not taken for a new one too early.
/// </summary>
internal sealed class AnsweredInvokes
{
    public static readonly TimeSpan Kept = TimeSpan.FromMinutes(5);

    public const int Most = 32 * 1024;
    public const int MostBytes = 32 * 1024 * 1024;

    private readonly Dictionary<InvokeId, Entry> _entries = [];
    private readonly Queue<InvokeId> _byAge = new();
    private readonly Queue<InvokeId> _withAnswer = new();
    private long _bytes;

    /// <summary>When the oldest is forgotten.</summary>
    public DateTimeOffset? NextEnd => _byAge.TryPeek(out var oldest) ? _entries[oldest].Until : null;

    public bool TryFind(InvokeId id, out Entry entry) => _entries.TryGetValue(id, out entry!);

    /// <param name="forgotten">What had to make room.</param>
    public void Add(InvokeRequest request, CallResponse response, int bytes, DateTimeOffset now, Action<InvokeRequest> forgotten)
    {
        _entries.Add(request.Id, new Entry(request with { ParamsJson = null }, response, bytes, now + Kept));
        _byAge.Enqueue(request.Id);
        _withAnswer.Enqueue(request.Id);
        _bytes += bytes;
        while (_bytes > MostBytes && _withAnswer.TryDequeue(out var large))
        {
            DropAnswer(large);
        }

        while (_byAge.Count > Most)
        {
            Forget(forgotten);
        }
    }

    public void Expire(DateTimeOffset now, Action<InvokeRequest> forgotten)
    {
        while (_byAge.TryPeek(out var oldest) && _entries[oldest].Until <= now)
        {
            Forget(forgotten);
        }
    }

    private void Forget(Action<InvokeRequest> forgotten)
    {
        var id = _byAge.Dequeue();
        if (_withAnswer.TryPeek(out var first) && first == id)
        {
            _withAnswer.Dequeue();
            DropAnswer(id);
        }

        _entries.Remove(id, out var entry);
        forgotten(entry!.Request);
    }

    private void DropAnswer(InvokeId id)
    {
        var entry = _entries[id];
        _bytes -= entry.Bytes;
        _entries[id] = entry with { Response = null, Bytes = 0 };
    }

    /// <param name="Response">Null: not kept.</param>
    internal sealed record Entry(InvokeRequest Request, CallResponse? Response, int Bytes, DateTimeOffset Until);
}
