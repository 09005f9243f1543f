using Netclaw.Protocol;

namespace Netclaw.Cli.Logs;

/// <summary>
/// Reads the last lines of a log, and then what is added, through every rotation: the gateway's own, and that of logrotate by renaming or by copying and shortening.
/// Each line once and whole, as long as no file that was not read yet is removed.
/// </summary>
internal sealed class LogTail : IDisposable
{
    /// <summary>How much of the end is searched for the last lines, in bytes.</summary>
    private const int Reach = 4 * 1024 * 1024;

    private readonly LogChain _chain;
    private LogReading _reading;

    /// <exception cref="IOException">The file cannot be opened; <see cref="FileNotFoundException"/> when there is none.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be opened.</exception>
    public LogTail(string path)
    {
        _chain = new LogChain(path);
        _reading = new LogReading(_chain.OpenNewest());
    }

    /// <summary>There is more than the last call gave.</summary>
    public bool IsBehind { get; private set; }

    /// <summary>Those of former files too, when the present one has fewer.</summary>
    public IReadOnlyList<string> LastLines(int count)
    {
        var left = Reach;
        var lines = _reading.LastLines(count, ref left);
        var file = _reading.Stream;
        FileStream? older = null;
        while (lines.Count < count && left > 0 && _chain.OpenOlder(file) is { } opened)
        {
            older?.Dispose();
            file = older = opened;
            var former = new LogReading(opened);
            var before = former.LastLines(count - lines.Count, ref left);
            lines = [.. before, .. former.Unfinished(), .. lines];
        }

        older?.Dispose();
        return [.. lines.TakeLast(count)];
    }

    public IReadOnlyList<string> NewLines()
    {
        var lines = _reading.Read();
        IsBehind = lines.Count > 0;
        if (IsBehind)
        {
            return lines;
        }

        if (_reading.WasShortened)
        {
            StartAgain();
        }
        else if (_chain.OpenNewer(_reading.Stream) is { } newer)
        {
            // What was added before its writer went on to the newer one.
            lines = _reading.Rest();
            GoOnIn(new LogReading(newer));
        }

        return lines;
    }

    public void Dispose() => _reading.Dispose();

    /// <summary>It was copied, perhaps, and then emptied: the copy has what was not read yet, and is one of the former files now.</summary>
    private void StartAgain()
    {
        IsBehind = true;
        foreach (var file in _chain.OpenFormer())
        {
            var copy = new LogReading(file);
            if (copy.GoOnLike(_reading))
            {
                GoOnIn(copy);
                return;
            }

            copy.Dispose();
        }

        _reading.StartAgain();
    }

    private void GoOnIn(LogReading reading)
    {
        IsBehind = true;
        _reading.Dispose();
        _reading = reading;
    }
}
