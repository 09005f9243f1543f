using Netclaw.Protocol;

namespace Netclaw.Daemon.Logging;

/// <summary>
/// Whole lines at the end of a file, mode 0600. At <c>maximumBytes</c> it becomes the youngest of its <see cref="FormerFiles"/> and a new one begins; a new one
/// begins too when somebody else has renamed, removed or replaced it. One that was shortened is gone on with at its new end. Used by one thread at a time.
/// </summary>
/// <param name="notReplaced">Hears, once per run of failures, why no new file could be begun; lines go on into the one that is open.</param>
internal sealed class RotatingFile(string path, long maximumBytes, int kept, Action<string> notReplaced) : IDisposable
{
    /// <summary>After a failure the file grows by this part of its maximum before it is tried again.</summary>
    private const int Patience = 16;

    private readonly FileCalls _calls = FileCalls.Current;

    private FileStream? _file;
    private TornLine? _torn;
    private bool _mayEndWithinALine;
    private bool _isStuck;
    private ulong _tryAgainAt;

    /// <param name="Lines">How many of the last lines were not written.</param>
    public readonly record struct Refusal(int Lines, string Why);

    /// <param name="lines">Each with its line feed.</param>
    /// <returns>Null: all of them are in the file.</returns>
    public Refusal? Write(ReadOnlySpan<byte> lines)
    {
        byte[] all = [.. lines];
        FileStream? file = null;
        var before = 0UL;
        try
        {
            var current = Current((ulong)lines.Length);
            before = FileFacts.OfHandle(current.SafeFileHandle).Size;
            all = [.. Completion(current, before), .. lines];
            file = current;
            _calls.Write(file, all);
            (_torn, _mayEndWithinALine) = (null, false);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Refusal(file is null ? lines.Count((byte)'\n') : Broken(file, before, all, lines), e.Message);
        }
    }

    public void Dispose() => _file?.Dispose();

    private FileStream Current(ulong more)
    {
        var file = _file ?? Adopt(_calls.OpenAppend(path));
        try
        {
            var open = FileFacts.OfHandle(file.SafeFileHandle);
            if (FileFacts.OfTarget(path) is { } named && named.IsSameFileAs(open))
            {
                if (open.Size == 0 || open.Size + more <= (ulong)maximumBytes || open.Size < _tryAgainAt)
                {
                    return file;
                }

                _tryAgainAt = open.Size + (ulong)maximumBytes / Patience;
                Rotation.Run(_calls, path, kept);
            }

            file = Adopt(_calls.OpenAppend(path));
            (_isStuck, _tryAgainAt) = (false, 0);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (!_isStuck)
            {
                _isStuck = true;
                notReplaced($"{path} cannot be rotated, and grows: {e.Message}");
            }
        }

        return file;
    }

    private FileStream Adopt(FileStream opened)
    {
        _file?.Dispose();
        // In another file nothing of the torn line is written; and a process that was killed may have left one of its own there.
        (_torn, _mayEndWithinALine) = (_torn?.Anew(), true);
        return _file = opened;
    }

    /// <summary>What has to come first for the file to end with a whole line.</summary>
    private byte[] Completion(FileStream file, ulong size)
    {
        if (!_mayEndWithinALine)
        {
            return [];
        }

        if (_torn is { } torn && torn.EndsAt == size)
        {
            return torn.Line[torn.Written..];
        }

        var last = new byte[1];
        byte[] end = size > 0 && RandomAccess.Read(file.SafeFileHandle, last, (long)size - 1) == 1 && last[0] != '\n' ? "\n"u8.ToArray() : [];
        return [.. end, .. _torn?.Anew()?.Line ?? []];
    }

    /// <summary>A write stopped somewhere. The line that it stopped in is kept, and completed by the next one; those behind it are lost.</summary>
    /// <returns>How many are.</returns>
    private int Broken(FileStream file, ulong before, byte[] all, ReadOnlySpan<byte> lines)
    {
        var after = FileFacts.OfHandle(file.SafeFileHandle).Size;
        var written = (int)Math.Min((ulong)all.Length, after - Math.Min(before, after));
        if (written == 0)
        {
            return lines.Count((byte)'\n');
        }

        var resumed = _torn is { } torn && torn.EndsAt == before ? torn : null;
        (_torn, var end) = TornLine.In(all, written, after, resumed);
        _mayEndWithinALine = true;
        return all.AsSpan(end).Count((byte)'\n');
    }
}
