using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Netclaw.Benchmarks.Gateway;

/// <param name="Median">Milliseconds from the write of a piece until the last reader has it.</param>
/// <param name="PerSecond">Pieces read, by all readers together.</param>
internal sealed record DeltaTimes(double Median, double P99, double PerSecond);

/// <summary>Connections that each read the same pieces of an answer. A piece is <c>@</c>, when it was written (a timestamp of this process's stopwatch) and <c>;</c>; one event may hold several.</summary>
internal sealed class DeltaCrowd : IDisposable
{
    public const int Followers = 100;
    public const char Begin = '@';
    public const char End = ';';

    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    private readonly string _of;
    private readonly List<WireSession> _sessions = [];
    private readonly int[] _read = new int[Followers];
    private readonly long[] _written;
    private readonly long[] _lastRead;

    private DeltaCrowd(string of, int pieces) => (_of, _written, _lastRead) = (of, new long[pieces], new long[pieces]);

    public WireSession First => _sessions[0];

    /// <param name="of">Whom they follow, for people.</param>
    public static async Task<DeltaCrowd> OpenAsync(string of, int pieces, Func<CancellationToken, Task<WireSession>> open, CancellationToken cancel)
    {
        var crowd = new DeltaCrowd(of, pieces);
        try
        {
            await WireCrowd.OpenAsync(Followers, crowd._sessions, open, cancel);
            return crowd;
        }
        catch (OperationCanceledException)
        {
            var stood = crowd._sessions.Count;
            crowd.Dispose();
            throw new TimeoutException($"{of}: {stood} of {Followers} connections stood when the time was up");
        }
    }

    /// <summary>Has it said, and reads until everybody has every piece. The first fifth of the pieces warms up.</summary>
    public async Task<DeltaTimes> HearAsync(Func<Task> say, CancellationToken cancel)
    {
        using var told = new Timer(_ => Figures.Line($"  {_of}: {Progress()}"), null, TellEvery, TellEvery);
        try
        {
            var reading = Enumerable.Range(0, Followers).Select(number => Task.Run(() => ReadAsync(number, cancel), cancel)).ToArray();
            await say();
            await foreach (var done in Task.WhenEach(reading))
            {
                await done; // the first that breaks ends it
            }
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"{_of}: {Progress()} when the time was up");
        }

        var counted = Enumerable.Range(_written.Length / 5, _written.Length - (_written.Length / 5)).ToArray();
        var took = Stopwatch.GetElapsedTime(_written[counted[0]], _lastRead.Max());
        var times = counted.Select(piece => Stopwatch.GetElapsedTime(_written[piece], _lastRead[piece]).TotalMilliseconds).ToArray();
        return new DeltaTimes(Figures.Median(times), Figures.Percentile(times, 99), counted.Length * Followers / took.TotalSeconds);
    }

    public void Dispose() => _sessions.ForEach(session => session.Dispose());

    private string Progress() => $"of {_written.Length} pieces the slowest of {Followers} connections has {_read.Min()}, the fastest {_read.Max()}";

    private async Task ReadAsync(int number, CancellationToken cancel)
    {
        while (_read[number] < _written.Length)
        {
            var text = Encoding.UTF8.GetString((await _sessions[number].NextAsync(cancel)).Span);
            var now = Stopwatch.GetTimestamp();
            if (text.Contains("\"ok\":false", StringComparison.Ordinal) || text.Contains("\"state\":\"error\"", StringComparison.Ordinal))
            {
                throw new InvalidOperationException($"{_of}: {text}");
            }

            if (text.IndexOf("\"deltaText\":\"", StringComparison.Ordinal) is >= 0 and var from)
            {
                foreach (var piece in text[text.IndexOf(Begin, from)..(text.LastIndexOf(End) + 1)].Split(End, StringSplitOptions.RemoveEmptyEntries))
                {
                    Note(_read[number]++, long.Parse(piece.TrimStart(Begin), CultureInfo.InvariantCulture), now);
                }
            }
        }
    }

    private void Note(int piece, long written, long now)
    {
        Volatile.Write(ref _written[piece], written);
        for (var last = Volatile.Read(ref _lastRead[piece]); last < now;)
        {
            var seen = Interlocked.CompareExchange(ref _lastRead[piece], now, last);
            if (seen == last)
            {
                return;
            }

            last = seen;
        }
    }
}
