using Netclaw.Crash.Vfs.Faults;

namespace Netclaw.Crash.Vfs.Recording;

/// <summary>A change to a file that the operating system was asked for and said was made, or a mark of the driver between two of them. Closed.</summary>
public abstract record IoEvent
{
    private IoEvent()
    {
    }

    /// <summary>A file that was not there.</summary>
    public sealed record Created(string Path) : IoEvent;

    public sealed record Wrote(string Path, long Offset, byte[] Bytes) : IoEvent;

    public sealed record Truncated(string Path, long Length) : IoEvent;

    /// <summary>The content of the file, as it is then, survives a power cut.</summary>
    public sealed record Flushed(string Path) : IoEvent;

    public sealed record Renamed(string From, string To) : IoEvent;

    public sealed record Linked(string From, string To) : IoEvent;

    public sealed record Deleted(string Path) : IoEvent;

    public sealed record DirectoryMade(string Path) : IoEvent;

    public sealed record DirectoryRemoved(string Path) : IoEvent;

    /// <summary>The names in the directory, as they are then, survive a power cut.</summary>
    public sealed record DirectoryFlushed(string Directory) : IoEvent;

    /// <summary>A call that was made to fail; of a write a part may have been made, and is said before.</summary>
    public sealed record Failed(IoKind Kind, string Path) : IoEvent;

    /// <summary>Something that the driver asked for, or was told.</summary>
    public sealed record Marked(object Mark) : IoEvent;
}
