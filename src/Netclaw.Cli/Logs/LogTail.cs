using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Cli.Logs;

/// <summary>Reads the end of a growing file, and goes on where it stopped; a file that was replaced or shortened is read from its start.</summary>
internal sealed class LogTail : IDisposable
{
    /// <summary>How much of the end is searched for the last lines.</summary>
    private const int Reach = 4 * 1024 * 1024;

    private readonly string _path;
    private FileStream _file;

    /// <exception cref="IOException">The file cannot be opened.</exception>
    public LogTail(string path)
    {
        _path = path;
        _file = Open(path);
    }

    public async Task<IReadOnlyList<string>> LastLinesAsync(int count, CancellationToken cancellation)
    {
        var skipped = Math.Max(0, _file.Length - Reach);
        _file.Position = skipped;
        var lines = await ReadAsync(cancellation);
        // The first line of a cut is not whole.
        return [.. lines.Skip(skipped > 0 ? 1 : 0).TakeLast(count)];
    }

    public async Task<IReadOnlyList<string>> NewLinesAsync(CancellationToken cancellation)
    {
        var lines = await ReadAsync(cancellation);
        if (lines.Count > 0 || !Replaced())
        {
            return lines;
        }

        await _file.DisposeAsync();
        _file = Open(_path);
        return await ReadAsync(cancellation);
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Shortened, or another file now has the name.</summary>
    private bool Replaced() =>
        _file.Length < _file.Position
        || (FileFacts.OfPath(_path) is { } named && !named.IsSameFileAs(FileFacts.OfHandle(_file.SafeFileHandle)));

    /// <summary>Whole lines only; an unfinished one is left for the next time.</summary>
    private async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellation)
    {
        var start = _file.Position;
        var bytes = new byte[Math.Max(0, _file.Length - start)];
        var read = await _file.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellation);
        var whole = bytes.AsSpan(0, read).LastIndexOf((byte)'\n') + 1;
        _file.Position = start + whole;
        return whole == 0 ? [] : Encoding.UTF8.GetString(bytes, 0, whole - 1).Split('\n');
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
}
