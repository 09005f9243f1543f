using System.Collections.Concurrent;

namespace Netclaw.Actors.Conversations;

/// <summary>How turns of this process ended, for whoever waits for one by its run. The latest are kept; thread-safe.</summary>
public sealed class TurnBoard
{
    private const int Most = 4_096;

    private readonly ConcurrentDictionary<string, TaskCompletionSource<TurnEnded>> _runs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();

    public void Ended(TurnEnded ended) => Of(ended.Run).TrySetResult(ended);

    /// <summary>Null: it is not known to have ended.</summary>
    public TurnEnded? Find(string run) => _runs.TryGetValue(run, out var end) && end.Task is { IsCompletedSuccessfully: true } task ? task.GetAwaiter().GetResult() : null;

    /// <returns>Null: it did not end in time.</returns>
    public async Task<TurnEnded?> WaitAsync(string run, TimeSpan within, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            return await Of(run).Task.WaitAsync(within, time, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private TaskCompletionSource<TurnEnded> Of(string run)
    {
        var fresh = new TaskCompletionSource<TurnEnded>(TaskCreationOptions.RunContinuationsAsynchronously);
        var end = _runs.GetOrAdd(run, fresh);
        if (ReferenceEquals(end, fresh))
        {
            _order.Enqueue(run);
            while (_order.Count > Most && _order.TryDequeue(out var oldest))
            {
                _runs.TryRemove(oldest, out _);
            }
        }

        return end;
    }
}
