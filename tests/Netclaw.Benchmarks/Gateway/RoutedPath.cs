using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>Callers and nodes on one server, and how a message finds its way there and back: the gateway's by <c>node.invoke</c>, the control's by four digits.</summary>
/// <param name="callers">Each sends and reads on a connection of its own.</param>
/// <param name="frame">The message from caller to node, as the caller sends it, with its number.</param>
/// <param name="numberOf">Which message it is that came back to a caller; negative: another one.</param>
internal sealed class RoutedPath(List<WireSession> callers, Func<int, int, string> frame, Func<ReadOnlyMemory<byte>, int> numberOf, int nodes)
{
    private readonly ConcurrentDictionary<int, long> _sent = new();
    private readonly ConcurrentQueue<double> _took = new();
    private int _last;
    private SemaphoreSlim? _room;

    /// <summary>Reads what comes back, until <paramref name="stop"/>.</summary>
    public Task ListenAsync(CancellationToken stop) => Task.WhenAll(callers.Select(caller => Task.Run(async () =>
    {
        try
        {
            while (true)
            {
                if (numberOf(await caller.NextAsync(stop)) is var number and >= 0 && _sent.TryRemove(number, out var at))
                {
                    _took.Enqueue(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
                    _room?.Release();
                }
            }
        }
        catch (OperationCanceledException)
        {
        }
    }, CancellationToken.None)));

    /// <summary>So many a second by the clock, whether or not the former have come back. A late send counts from when it was due.</summary>
    /// <returns>Milliseconds there and back.</returns>
    public async Task<(double P50, double P99, int Lost)> OpenLoopAsync(int perSecond, TimeSpan length, CancellationToken cancel)
    {
        _room = null;
        _took.Clear();
        var count = (int)(perSecond * length.TotalSeconds);
        var begin = Stopwatch.GetTimestamp();
        for (var i = 0; i < count; i++)
        {
            var due = begin + (long)((double)i / perSecond * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < due)
            {
                await Task.Delay(1, cancel);
            }

            await SendAsync(due, cancel);
        }

        for (var wait = 0; wait < 200 && !_sent.IsEmpty; wait++)
        {
            await Task.Delay(10, cancel);
        }

        var lost = _sent.Count;
        _sent.Clear();
        return (Figures.Percentile(_took, 50), Figures.Percentile(_took, 99), lost);
    }

    /// <summary>As many as come back, so many under way at a time.</summary>
    /// <returns>A second.</returns>
    public async Task<double> PeakAsync(int underWay, TimeSpan length, CancellationToken cancel)
    {
        using var room = new SemaphoreSlim(underWay);
        _room = room;
        _took.Clear();
        var begin = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(begin) < length)
        {
            await room.WaitAsync(cancel);
            await SendAsync(Stopwatch.GetTimestamp(), cancel);
        }

        var rate = _took.Count / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        for (var i = 0; i < underWay; i++)
        {
            await room.WaitAsync(cancel);
        }

        _room = null;
        return rate;
    }

    /// <summary>What stands between <paramref name="label"/> and the next quotation mark or the end, as a number.</summary>
    public static int NumberAfter(ReadOnlySpan<byte> message, ReadOnlySpan<byte> label) =>
        message.IndexOf(label) is var at and >= 0 && Utf8Parser.TryParse(message[(at + label.Length)..], out int number, out _) ? number : -1;

    /// <summary>What stands between <paramref name="label"/> and the next quotation mark.</summary>
    public static string TextAfter(ReadOnlySpan<byte> message, ReadOnlySpan<byte> label)
    {
        var rest = message[(message.IndexOf(label) + label.Length)..];
        return Encoding.UTF8.GetString(rest[..rest.IndexOf((byte)'"')]);
    }

    private ValueTask SendAsync(long at, CancellationToken cancel)
    {
        var number = Interlocked.Increment(ref _last);
        _sent[number] = at;
        return callers[number % callers.Count].SendAsync(frame(number, number % nodes), cancel);
    }
}
