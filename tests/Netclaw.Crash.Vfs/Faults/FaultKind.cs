namespace Netclaw.Crash.Vfs.Faults;

/// <summary>What a disk does wrong.</summary>
public enum FaultKind
{
    /// <summary>EIO, of any call.</summary>
    Broken,

    /// <summary>ENOSPC, of a call that needs room.</summary>
    Full,

    /// <summary>Half of the bytes are written, then there is no more room.</summary>
    ShortWrite,

    /// <summary>EIO of a flush; whether what was written is on the disk is not known.</summary>
    FlushFails,

    /// <summary>EIO of a rename, a link, a removal or a truncation.</summary>
    RenameFails,
}
