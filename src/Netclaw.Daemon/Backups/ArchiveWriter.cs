using System.Security.Cryptography;
using System.Text.Json;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>Writes an archive frame by frame into a file that has another name until it is whole and flushed. For one thread.</summary>
internal sealed class ArchiveWriter : IDisposable
{
    /// <summary>First line of every archive.</summary>
    public static ReadOnlySpan<byte> Label => "netclaw-backup 1\n"u8;

    private const int BufferBytes = 256 * 1024;
    private const int ContentBytes = 1024 * 1024;

    private readonly FileCalls _calls = FileCalls.Current;
    private readonly string _path;
    private readonly string _temporary;
    private readonly FileStream _file;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _buffered;
    private long _frames;
    private long _files;
    private long _records;
    private bool _named;
    private bool _finished;

    /// <exception cref="IOException">The directory does not take another file.</exception>
    public ArchiveWriter(string path)
    {
        _path = path;
        _temporary = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{RandomNumberGenerator.GetHexString(12, lowercase: true)}.tmp");
        _file = _calls.CreateNew(_temporary);
        Put(Label);
    }

    public long Bytes { get; private set; }

    public void Add(ArchiveHead head) => Frame(FrameKind.Head, JsonSerializer.SerializeToUtf8Bytes(head, ArchiveJson.Default.ArchiveHead));

    /// <param name="name">Under the home.</param>
    /// <exception cref="IOException">It cannot be read to its end, or not written.</exception>
    public void AddFile(string name, string path)
    {
        using var file = _calls.OpenToRead(path);
        var length = file.Length;
        var content = new byte[Math.Min(length, ContentBytes)];
        StartFile(name, length);
        for (var at = 0L; at < length;)
        {
            var read = _calls.Read(file, content.AsSpan(0, (int)Math.Min(content.Length, length - at)));
            if (read == 0)
            {
                throw new IOException($"{path} became shorter while it was read");
            }

            Frame(FrameKind.Content, content.AsSpan(0, read));
            at += read;
        }
    }

    public void AddFile(string name, ReadOnlySpan<byte> content)
    {
        StartFile(name, content.Length);
        if (!content.IsEmpty)
        {
            Frame(FrameKind.Content, content);
        }
    }

    public void Add(StoredRecord row)
    {
        Frame(FrameKind.Record, ArchiveRecord.Pack(row));
        _records++;
    }

    /// <summary>After this the archive is there, whole, and survives a power cut.</summary>
    /// <param name="keys">Null where the journal's key cannot be read.</param>
    /// <exception cref="IOException">Nothing of that name was made.</exception>
    public void Finish(JournalKeys? keys)
    {
        var sum = keys is null ? null : Convert.ToBase64String(keys.SumArchive(_hash.GetCurrentHash()));
        Frame(FrameKind.End, JsonSerializer.SerializeToUtf8Bytes(new ArchiveEnd(_files, _records, sum), ArchiveJson.Default.ArchiveEnd));
        WriteOut();
        _calls.Flush(_file);
        _file.Dispose();
        _calls.Link(_temporary, _path);
        _named = true;
        _calls.Delete(_temporary);
        _calls.FlushDirectory(Path.GetDirectoryName(_path)!);
        _finished = true;
    }

    public void Dispose()
    {
        _file.Dispose();
        _hash.Dispose();
        if (!_finished)
        {
            Forget(_temporary);
            if (_named)
            {
                Forget(_path); // whole, and nobody knows whether a power cut would leave it
            }
        }
    }

    private void Forget(string path)
    {
        try
        {
            _calls.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What failed first is what is told.
        }
    }

    private void StartFile(string name, long bytes)
    {
        Frame(FrameKind.File, JsonSerializer.SerializeToUtf8Bytes(new ArchiveFile(name, bytes), ArchiveJson.Default.ArchiveFile));
        _files++;
    }

    private void Frame(FrameKind kind, ReadOnlySpan<byte> content)
    {
        Span<byte> header = stackalloc byte[ArchiveFrame.HeaderBytes];
        ArchiveFrame.WriteHeader(header, _frames++, kind, content);
        Put(header);
        Put(content);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Bytes += bytes.Length;
        if (_buffered + bytes.Length > _buffer.Length)
        {
            WriteOut();
        }

        if (bytes.Length > _buffer.Length)
        {
            _calls.Write(_file, bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_buffered));
        _buffered += bytes.Length;
    }

    private void WriteOut()
    {
        if (_buffered > 0)
        {
            _calls.Write(_file, _buffer.AsSpan(0, _buffered));
            _buffered = 0;
        }
    }
}
