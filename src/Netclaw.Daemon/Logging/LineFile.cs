using System.Text;
using System.Threading.Channels;

namespace Netclaw.Daemon.Logging;

/// <summary>
/// A text file that lines are added to from any thread without waiting; one task writes and flushes them in batches. At
/// <c>maximumBytes</c> it becomes <c>name.1</c>, the former one <c>name.2</c>, and so on. Mode 0600.
/// </summary>
public sealed class LineFile : IAsyncDisposable
{
    private const int MostWaiting = 65_536;

    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting)
    {
        SingleReader = true, FullMode = BoundedChannelFullMode.Wait,
    });

    private readonly string _path;
    private readonly long _maximumBytes;
    private readonly int _kept;
    private readonly Task _writing;
    private long _lost;
    private Action<string>? _failed;

    /// <param name="kept">How many former files stay.</param>
    public LineFile(string path, long maximumBytes, int kept)
    {
        _path = path;
        _maximumBytes = maximumBytes;
        _kept = kept;
        _writing = Task.Run(WriteAll);
    }

    /// <summary>Lines that could not be kept: the disk refused them, or more waited than memory should hold.</summary>
    public long Lost => Interlocked.Read(ref _lost);

    /// <summary>Hears of the first failure of each run of failures.</summary>
    public void OnFailure(Action<string> failed) => Volatile.Write(ref _failed, failed);

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
        FileStream? file = null;
        var batch = new StringBuilder();
        while (await _lines.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            var count = 0;
            for (batch.Clear(); batch.Length < 64 * 1024 && _lines.Reader.TryRead(out var line); count++)
            {
                batch.Append(line).Append('\n');
            }

            try
            {
                file = Rotated(file ?? Open());
                // Unbuffered and synchronous: into the page cache it takes less than the thread change of an asynchronous write.
                file.Write(Encoding.UTF8.GetBytes(batch.ToString()));
                Volatile.Write(ref _isFailing, false);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Lose(count, e.Message);
                file = null;
            }
        }

        if (file is not null)
        {
            await file.DisposeAsync().ConfigureAwait(false);
        }
    }

    private FileStream Open() => new(_path, new FileStreamOptions
    {
        Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 0,
        UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
    });

    private FileStream Rotated(FileStream file)
    {
        if (file.Length < _maximumBytes)
        {
            return file;
        }

        file.Dispose();
        for (var i = _kept - 1; i >= 1; i--)
        {
            if (File.Exists($"{_path}.{i}"))
            {
                File.Move($"{_path}.{i}", $"{_path}.{i + 1}", overwrite: true);
            }
        }

        File.Move(_path, $"{_path}.1", overwrite: true);
        return Open();
    }

    private bool _isFailing;

    private void Lose(int lines, string why)
    {
        Interlocked.Add(ref _lost, lines);
        if (!Interlocked.Exchange(ref _isFailing, true))
        {
            Volatile.Read(ref _failed)?.Invoke($"{_path} cannot be written: {why}");
        }
    }
}
