namespace Netclaw.Crash.Vfs.Faults;

/// <summary>
/// Which call fails. Only the calls that can fail in this way are counted, so that a sweep over <paramref name="at"/> leaves none out and tries none twice:
/// it is over with the first index that was never reached. Not thread-safe; its <see cref="IoScope"/> is.
/// </summary>
/// <param name="at">The index of the first call that fails, from 0.</param>
/// <param name="within">Only calls on files whose path has this in it are counted; null: all.</param>
/// <param name="lasting">Whether every later one fails too: a disk that is gone, not one that stumbled.</param>
public sealed class FaultPlan(FaultKind kind, int at, bool lasting, string? within = null)
{
    private readonly List<string> _failed = [];

    public FaultKind Kind => kind;

    /// <summary>How many calls that can fail in this way were made.</summary>
    public int Counted { get; private set; }

    /// <summary>The calls that failed, for people: <c>flush of netclaw.db-wal</c>.</summary>
    public IReadOnlyList<string> Failed => _failed;

    public bool WasReached => Counted > at;

    public FaultKind? Next(IoKind call, string path)
    {
        if (!CanFail(call) || (within is not null && !path.Contains(within, StringComparison.Ordinal)))
        {
            return null;
        }

        var index = Counted++;
        if (index != at && !(lasting && index > at))
        {
            return null;
        }

        _failed.Add($"{call.ToString().ToLowerInvariant()} of {Name(path)}");
        return kind;
    }

    public override string ToString() => $"{kind} at {at}{(lasting ? " and ever after" : "")}";

    /// <summary>Without the part of a temporary name that is drawn.</summary>
    private static string Name(string path) => Path.GetFileName(path) switch
    {
        "." => "a directory",
        var name when name.EndsWith(".tmp", StringComparison.Ordinal) => Path.GetFileNameWithoutExtension(Path.GetFileNameWithoutExtension(name)) + ".tmp",
        var name => name,
    };

    private bool CanFail(IoKind call) => kind switch
    {
        FaultKind.Broken => true,
        FaultKind.Full => call is IoKind.Open or IoKind.Write or IoKind.Map or IoKind.MakeDirectory,
        FaultKind.ShortWrite => call is IoKind.Write,
        FaultKind.FlushFails => call is IoKind.Flush or IoKind.FlushDirectory,
        FaultKind.RenameFails => call is IoKind.Rename or IoKind.Delete or IoKind.Truncate or IoKind.RemoveDirectory,
        _ => throw new ArgumentOutOfRangeException(nameof(call), kind, "no such fault"),
    };
}
