using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>An archive is not what was written; the message says where.</summary>
internal sealed class ArchiveDamageException(string message) : Exception(message);

/// <summary>
/// Reads an archive to its end, checking every sum on the way, and hands out what stands in it. Nothing that is handed out is to be used before
/// <see cref="Read"/> has returned: the keyed sum over the whole comes last.
/// </summary>
internal sealed class ArchiveReader(string path)
{
    /// <summary>Small files are kept; larger ones exist only in raw archives, which are unpacked.</summary>
    private const int MostKept = PrivateFile.MaximumBytes;

    private const int BufferBytes = 256 * 1024;

    private readonly FileCalls _calls = FileCalls.Current;
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);
    private readonly byte[] _header = new byte[ArchiveFrame.HeaderBytes];
    private FileStream _file = null!;
    private IncrementalHash _hash = null!;
    private long _at;
    private long _frames;
    private long _records;
    private long _count;
    private long _recordAt;
    private string _last = "its first line";

    public ArchiveHead Head { get; private set; } = null!;

    /// <summary>By name, those of up to 4 MiB.</summary>
    public IReadOnlyDictionary<string, byte[]> Files => _files;

    public long Records => _records;

    /// <summary>Where the record that is being handed out stands: its first byte and the one behind its last.</summary>
    public (long Start, long End) RecordAt => (_recordAt, _at);

    /// <summary>Keys of the journal in it; null in a raw archive without one that can be read.</summary>
    public JournalKeys? Keys => _files.TryGetValue("keys/journal.key", out var text) && JournalKeys.TryParse(System.Text.Encoding.ASCII.GetString(text), out var keys) ? keys : null;

    /// <summary>Its first frame alone; what follows is not looked at.</summary>
    /// <returns>Null: it does not begin as an archive of this form does, or cannot be read.</returns>
    public static ArchiveHead? HeadOf(string path)
    {
        try
        {
            var reader = new ArchiveReader(path);
            using var file = reader._file = reader._calls.OpenToRead(path, BufferBytes);
            using var hash = reader._hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            reader.Begin();
            return reader.Head;
        }
        catch (Exception e) when (e is ArchiveDamageException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <param name="onRecord">In the order of the journal.</param>
    /// <param name="onContent">Name, length, offset and bytes of files, those that are kept included.</param>
    /// <exception cref="ArchiveDamageException">With the place.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public void Read(Action<StoredRecord>? onRecord = null, Action<ArchiveFile, long, ReadOnlyMemory<byte>>? onContent = null)
    {
        using var file = _file = _calls.OpenToRead(path, BufferBytes);
        using var hash = _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Begin();
        var ended = false;
        while (!ended)
        {
            var before = hash.GetCurrentHash();
            _recordAt = _at;
            var (kind, content) = Next(null);
            switch (kind)
            {
                case FrameKind.File:
                    ReadFile(Parse(content, ArchiveJson.Default.ArchiveFile), onContent);
                    break;
                case FrameKind.Record:
                    var row = ArchiveRecord.Unpack(content, _records + 1) ?? throw Damaged("is no record");
                    _records++;
                    _last = Name(row);
                    onRecord?.Invoke(row);
                    break;
                case FrameKind.End:
                    CheckEnd(Parse(content, ArchiveJson.Default.ArchiveEnd), before);
                    ended = true;
                    break;
                default:
                    throw Damaged($"is a {kind}, which does not belong there");
            }
        }

        if (_at != file.Length)
        {
            throw new ArchiveDamageException(string.Create(CultureInfo.InvariantCulture, $"{file.Length - _at} bytes stand behind its end (byte {_at})"));
        }
    }

    private void Begin()
    {
        var label = new byte[ArchiveWriter.Label.Length];
        if (!Filled(label) || !label.AsSpan().SequenceEqual(ArchiveWriter.Label))
        {
            throw new ArchiveDamageException("it does not begin as a backup of Netclaw does (byte 0)");
        }

        _hash.AppendData(label);
        _at = label.Length;
        Head = Parse(Next(FrameKind.Head).Content, ArchiveJson.Default.ArchiveHead);
        if (Head.Form != ArchiveHead.CurrentForm)
        {
            throw new ArchiveDamageException(string.Create(CultureInfo.InvariantCulture, $"it is of form {Head.Form}, which this version of netclawd does not know"));
        }
    }

    private void ReadFile(ArchiveFile named, Action<ArchiveFile, long, ReadOnlyMemory<byte>>? onContent)
    {
        _last = named.Path;
        _count++;
        using var kept = new MemoryStream();
        for (var read = 0L; read < named.Bytes;)
        {
            var content = Next(FrameKind.Content).Content;
            if (content.Length == 0 || content.Length > named.Bytes - read)
            {
                throw Damaged("is not of the length that the file has");
            }

            onContent?.Invoke(named, read, content);
            if (named.Bytes <= MostKept)
            {
                kept.Write(content);
            }

            read += content.Length;
        }

        if (named.Bytes == 0)
        {
            onContent?.Invoke(named, 0, default);
        }

        if (named.Bytes <= MostKept && !_files.TryAdd(named.Path, kept.ToArray()))
        {
            throw Damaged($"names {named.Path} a second time");
        }
    }

    private void CheckEnd(ArchiveEnd end, byte[] before)
    {
        if (end.Files != _count || end.Records != _records)
        {
            throw new ArchiveDamageException(string.Create(CultureInfo.InvariantCulture, $"it holds {_count} files and {_records} records, and its end says {end.Files} and {end.Records}"));
        }

        if (Keys is { } keys ? end.Sum is null || !CryptographicOperations.FixedTimeEquals(keys.SumArchive(before), Decoded(end.Sum)) : end.Sum is not null)
        {
            throw new ArchiveDamageException("the keyed sum over the whole does not match: it was put together by something else than Netclaw");
        }
    }

    private static byte[] Decoded(string base64)
    {
        var bytes = new byte[SHA256.HashSizeInBytes + 3];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? bytes[..length] : [];
    }

    private (FrameKind Kind, byte[] Content) Next(FrameKind? wanted)
    {
        var start = _at;
        Fill(_header, start);
        var length = ArchiveFrame.Length(_header);
        if (length is < 0 or > ArchiveFrame.MostBytes || length > _file.Length - _at)
        {
            throw Damaged("is cut off, or its length is damaged", start);
        }

        var content = new byte[length];
        Fill(content, start);
        if (!ArchiveFrame.Matches(_header, _frames, content) && !Sabotage.Is(Break.SkipBackupChecksum))
        {
            throw Damaged(Named(content) is { } named ? $"says that it is {named}, and is not what was written" : "is not what was written", start);
        }

        _frames++;
        var kind = (FrameKind)_header[0];
        return wanted is null || kind == wanted ? (kind, content) : throw Damaged($"is a {kind} where a {wanted} belongs", start);
    }

    /// <summary>What a record that is damaged somewhere calls itself; null where it is none.</summary>
    private string? Named(byte[] content) => (FrameKind)_header[0] == FrameKind.Record && ArchiveRecord.Unpack(content, 0) is { } row ? Name(row) : null;

    private static string Name(StoredRecord row) => string.Create(CultureInfo.InvariantCulture, $"{row.PersistenceId}, record {row.Sequence}");

    private void Fill(byte[] bytes, long start)
    {
        if (!Filled(bytes))
        {
            throw Damaged("is cut off", start);
        }

        _hash.AppendData(bytes);
        _at += bytes.Length;
    }

    private bool Filled(Span<byte> bytes)
    {
        while (!bytes.IsEmpty && _calls.Read(_file, bytes) is > 0 and var read)
        {
            bytes = bytes[read..];
        }

        return bytes.IsEmpty;
    }

    private T Parse<T>(byte[] json, JsonTypeInfo<T> shape)
    {
        try
        {
            return JsonSerializer.Deserialize(json, shape) ?? throw Damaged("says nothing");
        }
        catch (JsonException e)
        {
            throw Damaged($"cannot be understood: {e.Message}");
        }
    }

    private ArchiveDamageException Damaged(string what, long? start = null) => new(string.Create(CultureInfo.InvariantCulture,
        $"what stands behind {_last} {what} (frame {_frames}, bytes {start ?? _at} to {_at})"));
}
