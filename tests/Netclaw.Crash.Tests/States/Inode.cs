using Netclaw.Crash.Vfs.Recording;

namespace Netclaw.Crash.Tests.States;

/// <summary>A file apart from its names: what is surely on the disk, and what was written since the last flush.</summary>
internal sealed class Inode(byte[] durable)
{
    /// <summary>A directory's: it has no content of its own, what is in it has names.</summary>
    public static Inode Directory() => new([]) { IsDirectory = true };

    public bool IsDirectory { get; private init; }

    public FileContent Durable { get; private set; } = new(durable);

    /// <summary>Everything that was written, in order.</summary>
    public List<IoEvent> Pending { get; } = [];

    public void Flush()
    {
        if (Pending.Count > 0)
        {
            Durable = new FileContent(With(Pending.Select(change => (change, int.MaxValue))));
            Pending.Clear();
        }
    }

    /// <summary>The durable content and some of the changes since, each with how many of its bytes got through.</summary>
    public byte[] With(IEnumerable<(IoEvent Change, int Bytes)> changes)
    {
        var list = changes as IReadOnlyCollection<(IoEvent Change, int Bytes)> ?? [.. changes];
        var length = Length(list);
        var largest = Math.Max(Durable.Bytes.Length, list.Select(each => each.Change is IoEvent.Wrote wrote ? (int)wrote.Offset + Math.Min(each.Bytes, wrote.Bytes.Length) : 0).DefaultIfEmpty().Max());
        var bytes = new byte[largest];
        Durable.Bytes.CopyTo(bytes, 0);
        var end = Durable.Bytes.Length;
        foreach (var (change, through) in list)
        {
            switch (change)
            {
                case IoEvent.Wrote wrote:
                    var count = Math.Min(through, wrote.Bytes.Length);
                    wrote.Bytes.AsSpan(0, count).CopyTo(bytes.AsSpan((int)wrote.Offset));
                    end = Math.Max(end, (int)wrote.Offset + count);
                    break;
                case IoEvent.Truncated cut when cut.Length < end:
                    bytes.AsSpan((int)cut.Length, end - (int)cut.Length).Clear();
                    end = (int)cut.Length;
                    break;
            }
        }

        return length == bytes.Length ? bytes : bytes[..length];
    }

    private int Length(IEnumerable<(IoEvent Change, int Bytes)> changes) => changes.Aggregate(Durable.Bytes.Length, (length, each) => each.Change switch
    {
        IoEvent.Wrote wrote => Math.Max(length, (int)wrote.Offset + Math.Min(each.Bytes, wrote.Bytes.Length)),
        IoEvent.Truncated cut => Math.Min(length, (int)cut.Length),
        _ => length,
    });
}

/// <summary>Bytes and their hash, worked out once.</summary>
internal sealed class FileContent(byte[] bytes)
{
    private ulong? _hash;

    public byte[] Bytes => bytes;

    public ulong Hash => _hash ??= ContentHash.Of(bytes);
}
