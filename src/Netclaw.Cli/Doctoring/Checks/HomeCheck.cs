using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using Netclaw.Cli.Kernel;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether a daemon could live in the home: whose it is, who else gets in, whether it can be written, how much room there is.</summary>
internal sealed class HomeCheck : ICheck
{
    /// <summary>Less than this, and the journal's next growth may fail.</summary>
    private const long FullBytes = 16L << 20;

    private const long LowBytes = 256L << 20;

    private static readonly FindingKind Absent = new("home_absent", Severity.Info, "There is no home yet; the first start makes it.", "netclaw up");
    private static readonly FindingKind NotDirectory = new("home_not_directory", Severity.Error, "Something else stands where a directory of the home must be.", "ls -ld <path>");
    private static readonly FindingKind Foreign = new("home_foreign", Severity.Error, "A directory of the home belongs to another user: no daemon of its owner starts on it.", "ls -ld <path>");
    private static readonly FindingKind Open = new("home_open", Severity.Error, "Others can get into a directory of the home, or change what is in it.", "chmod 700 <path>");
    private static readonly FindingKind ReadOnly = new("home_read_only", Severity.Error, "The home is on a file system that is read-only: nothing can be acknowledged.", "findmnt -T <path>");
    private static readonly FindingKind NotWritable = new("home_not_writable", Severity.Error, "The home cannot be written by this user.", "ls -ld <path>");
    private static readonly FindingKind Full = new("disk_full", Severity.Error, "Under 16 MiB are free where the home is: the journal may not grow any more.", "df -h <path>");
    private static readonly FindingKind Low = new("disk_low", Severity.Warning, "Under 256 MiB are free where the home is.", "df -h <path>");

    public string Id => "home";

    public string Looks => "The home and its directories: owner, mode, writable, free space.";

    public ImmutableArray<FindingKind> Kinds => [Absent, NotDirectory, Foreign, Open, ReadOnly, NotWritable, Full, Low];

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => Task.FromResult(Of(visit.Home));

    public CheckReport Of(NetclawHome home)
    {
        // The home itself may be a link to where its owner keeps it; what is in it may not.
        var real = Directory.Exists(home.Root) ? Directory.ResolveLinkTarget(home.Root, returnFinalTarget: true)?.FullName ?? home.Root : home.Root;
        if (FileFacts.OfPath(real) is not { } root)
        {
            return CheckReport.Of(Id, $"{home.Root} does not exist.", Absent.Found($"{home.Root} does not exist: nothing was ever started here."));
        }

        if (root.Kind != FileKind.Directory)
        {
            return CheckReport.Of(Id, $"{home.Root} is no directory.", NotDirectory.At($"{home.Root} is no directory.", home.Root));
        }

        // Root may look after anybody's home, whose directories must then all be that user's.
        var owner = UserId.Current == UserId.Root ? root.Owner : UserId.Current;
        ImmutableArray<DoctorFinding> findings =
        [
            .. Of(real, root, owner, isPrivate: false),
            .. Inner(home).SelectMany(inner => FileFacts.OfPath(inner.Path) is { } facts ? Of(inner.Path, facts, owner, inner.IsPrivate) : []),
            .. Writable(real, out var isReadOnly),
            .. isReadOnly ? [] : Room(real),
        ];
        return CheckReport.Of(Id, string.Create(CultureInfo.InvariantCulture, $"{home.Root}, mode {root.ModeText}, of user {root.Owner}, {Free(real) >> 20} MiB free."), findings);
    }

    private static IEnumerable<(string Path, bool IsPrivate)> Inner(NetclawHome home) =>
    [
        (Path.GetDirectoryName(home.LockFile)!, true), (home.KeysDirectory, true), (home.StateDirectory, true), (home.ClientDirectory, true),
        (Path.Combine(home.Root, "backups"), true), (home.LogsDirectory, false),
    ];

    private static IEnumerable<DoctorFinding> Of(string path, FileFacts facts, uint owner, bool isPrivate)
    {
        if (facts.Kind != FileKind.Directory)
        {
            yield return NotDirectory.At($"{path} is no directory.", path);
        }
        else if (facts.Owner != owner)
        {
            yield return Foreign.At(string.Create(CultureInfo.InvariantCulture, $"{path} belongs to user {facts.Owner}, not to user {owner}."), path);
        }
        else if (isPrivate ? facts.IsOpenToOthers : facts.IsWritableByOthers)
        {
            yield return Open.At($"{path} has mode {facts.ModeText}: others can {(isPrivate ? "get in" : "put files there")}.", path);
        }
    }

    private static IEnumerable<DoctorFinding> Writable(string path, out bool isReadOnly)
    {
        var error = DirectoryAccess.Ask(path);
        isReadOnly = error == DirectoryAccess.ReadOnlyFileSystem;
        return error == 0 ? []
            : isReadOnly ? [ReadOnly.At($"{path} is on a file system that is mounted read-only, or became so after an error of its disk.", path)]
            : [NotWritable.At($"{path} cannot be written: {Marshal.GetPInvokeErrorMessage(error)}.", path)];
    }

    private static IEnumerable<DoctorFinding> Room(string path) => Free(path) switch
    {
        < FullBytes and var free => [Full.At($"{free >> 20} MiB are free where {path} is: pairings and revocations are refused once a write fails.", path)],
        < LowBytes and var free => [Low.At($"{free >> 20} MiB are free where {path} is.", path)],
        _ => [],
    };

    /// <summary>For this user, bytes.</summary>
    private static long Free(string path) => new DriveInfo(path).AvailableFreeSpace;
}
