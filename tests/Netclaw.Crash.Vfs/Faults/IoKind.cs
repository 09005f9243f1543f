namespace Netclaw.Crash.Vfs.Faults;

/// <summary>The calls by which the product reaches its files.</summary>
public enum IoKind
{
    Open,
    Read,
    Write,
    Truncate,

    /// <summary>Of a file's content.</summary>
    Flush,
    Delete,

    /// <summary>A rename, or a second name.</summary>
    Rename,
    FlushDirectory,
    MakeDirectory,
    RemoveDirectory,

    /// <summary>Of the index that connections share (SQLite's WAL).</summary>
    Map,
}
