using Netclaw.Actors.Bootstrap;
using Netclaw.Protocol;

namespace Netclaw.Actors.Recovery;

/// <summary>Everything that decides whether this host is let in by its own key: the columns of the state table (recovery.md), as they were seen at one moment.</summary>
public sealed record LocalAccessFacts
{
    public required JournalFact Journal { get; init; }

    /// <summary>B, as the journal tells it; the first phase where it tells nothing.</summary>
    public BootstrapPhase Bootstrap { get; init; }

    /// <summary>D: devices other than the host's that may connect.</summary>
    public int OtherDevices { get; init; }

    /// <summary>H.</summary>
    public HostDeviceFact HostDevice { get; init; } = new HostDeviceFact.None();

    /// <summary>K.</summary>
    public required HostKeyFact HostKey { get; init; }

    /// <summary>G.</summary>
    public required MarkFact Mark { get; init; }

    public required LockFact Lock { get; init; }

    /// <summary>Its order stands in the home: files are of before and of after, and nothing that they say to each other counts.</summary>
    public UnfinishedWork Unfinished { get; init; }

    /// <summary>A host key that was prepared and is not in force yet: a rotation was cut short.</summary>
    public DeviceId? Prepared { get; init; }
}

/// <summary>The journal as a whole. Closed.</summary>
public abstract record JournalFact
{
    private JournalFact()
    {
    }

    public sealed record Missing : JournalFact;

    /// <summary>It is there and holds no record.</summary>
    public sealed record Empty : JournalFact;

    /// <summary>Every record was read and is what was written.</summary>
    public sealed record Sound : JournalFact;

    /// <summary>Every record is sound, but the mark outside has seen more.</summary>
    public sealed record Behind(string Seen) : JournalFact;

    public sealed record Unreadable(string Seen) : JournalFact;

    /// <summary>The daemon that serves it cannot write to it at present, or its server does not answer: nothing is known to be wrong with it.</summary>
    /// <param name="WayOut">The command that leads out.</param>
    public sealed record Stopped(string Seen, string WayOut) : JournalFact;
}

/// <summary>The host device in the registry. Closed.</summary>
public abstract record HostDeviceFact
{
    private HostDeviceFact()
    {
    }

    public sealed record None : HostDeviceFact;

    public sealed record Standing(DeviceId Id) : HostDeviceFact;

    /// <summary>There was one, and nothing stands in its place.</summary>
    public sealed record Revoked(DeviceId Id) : HostDeviceFact;
}

/// <summary>The file <c>keys/host.key</c>. Closed.</summary>
public abstract record HostKeyFact
{
    private HostKeyFact()
    {
    }

    public sealed record Missing : HostKeyFact;

    /// <summary>Owner, mode or form are not as they must be.</summary>
    public sealed record Unreadable(string Seen) : HostKeyFact;

    public sealed record Held(DeviceId Id) : HostKeyFact;
}

/// <summary>The gateway's identity and mark, <c>keys/gateway.key</c> and <c>keys/gateway.json</c>. Closed.</summary>
public abstract record MarkFact
{
    private MarkFact()
    {
    }

    /// <summary>No mark; whether there was one before cannot be told from it.</summary>
    public sealed record Absent : MarkFact;

    public sealed record Unreadable(string Seen) : MarkFact;

    /// <param name="Phase">The highest that was ever reached.</param>
    /// <param name="Epoch">1 before the first restore or reset.</param>
    public sealed record Present(BootstrapPhase Phase, long Epoch, HeadVerdict Head) : MarkFact
    {
        /// <summary>There was a journal that held something.</summary>
        public bool HasHistory => Phase > BootstrapPhase.NotStarted || Epoch > 1 || Head != HeadVerdict.None;
    }
}

/// <summary>What the signed head in the mark says of the journal.</summary>
public enum HeadVerdict
{
    /// <summary>The mark names no head.</summary>
    None,
    Agrees,

    /// <summary>The journal ends before the head, or goes another way at it.</summary>
    Behind,
}

/// <summary>What was agreed to, was cut short, and goes on by the next start.</summary>
public enum UnfinishedWork
{
    None,
    Restore,
    Reset,
}

/// <summary>Who holds the home. Closed.</summary>
public abstract record LockFact
{
    private LockFact()
    {
    }

    /// <summary>Nobody else: whoever looks may write.</summary>
    public sealed record Free : LockFact;

    /// <param name="Answering">False: it holds the lock and its socket is silent.</param>
    public sealed record Held(int Pid, bool Answering) : LockFact;
}
