using System.Text;
using System.Threading.Channels;

namespace Netclaw.Daemon.Logging;

/// <summary>A text file that lines are added to from any thread without waiting; one task writes them in batches into a <see cref="RotatingFile"/>.</summary>
public sealed class LineFile : IAsyncDisposable
{
    private const int MostWaiting = 65_536;
    private const int BatchLength = 64 * 1024;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting)
    {
        SingleReader = true, FullMode = BoundedChannelFullMode.Wait,
    });

    private readonly Lock _telling = new();
    private readonly string _path;
    private readonly RotatingFile _file;
    private readonly Task _writing;
    private long _lost;
    private bool _isFailing;
    private Action<string>? _failed;
    private string? _untold;

    /// <param name="maximumBytes">No file gets larger, unless one batch of lines is.</param>
    /// <param name="kept">How many former files stay.</param>
    public LineFile(string path, long maximumBytes, int kept)
    {
        _path = path;
        _file = new RotatingFile(path, maximumBytes, kept, Tell);
        _writing = Task.Run(WriteAll);
    }

    /// <summary>Lines that could not be kept: the disk refused them, or more waited than memory should hold.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Hears of the first failure of each run of failures, of one that was before at once.</summary>
    public void OnFailure(Action<string> failed)
    {
        string? untold;
        lock (_telling)
        {
            (_failed, untold, _untold) = (failed, _untold, null);
        }

        if (untold is not null)
        {
            failed(untold);
        }
    }

    public void Add(string line)
    {
        if (!_lines.Writer.TryWrite(line))
        {
            Lose(1, "more lines wait than memory should hold");
        }
    }

    /// <summary>Writes what was added, then closes.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
    }

    private async Task WriteAll()
    {
        using var file = _file;
        var batch = new StringBuilder();
        while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            for (batch.Clear(); batch.Length < BatchLength && _lines.Reader.TryRead(out var line);)
            {
                batch.Append(line).Append('\n');
            }

            if (file.Write(Encoding.UTF8.GetBytes(batch.ToString())) is { } refusal)
            {
                Lose(refusal.Lines, refusal.Why);
            }
            else
            {
                Volatile.Write(ref _isFailing, false);
            }
        }
    }

    private void Lose(int lines, string why)
    {
        Interlocked.Add(ref _lost, lines);
        if (!Interlocked.Exchange(ref _isFailing, true))
        {
            Tell($"{_path} cannot be written: {why}");
        }
    }

    private void Tell(string failure)
    {
        Action<string>? failed;
        lock (_telling)
        {
            failed = _failed;
            _untold = failed is null ? failure : null;
        }

        failed?.Invoke(failure);
    }
}
