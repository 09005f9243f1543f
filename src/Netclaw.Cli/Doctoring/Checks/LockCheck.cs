using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>The lock that keeps two daemons from one home. The kernel holds it, the file only names the process.</summary>
internal sealed class LockCheck : ICheck
{
    private static readonly FindingKind Stale = new("lock_stale", Severity.Info, "A daemon was killed and left its number in the lock file; the kernel let go of the lock, and the next start takes it.", "netclaw up");
    private static readonly FindingKind Foreign = new("lock_foreign", Severity.Error, "The lock file is not the home owner's, or no file: a daemon cannot take it.", "ls -ln <path>");

    public string Id => "lock";

    public string Looks => "run/netclawd.lock: held, free, or left behind; whose it is.";

    public ImmutableArray<FindingKind> Kinds => [Stale, Foreign];

    public Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => Task.FromResult(Of(visit.Home, visit.Sight.Pid));

    public CheckReport Of(NetclawHome home, int? holder)
    {
        if (FileFacts.OfPath(home.LockFile) is not { } facts)
        {
            return CheckReport.Ok(Id, "no daemon ever took it.");
        }

        var owner = FileFacts.OfPath(home.Root)?.Owner ?? UserId.Current;
        if (facts.Kind != FileKind.File)
        {
            return CheckReport.Of(Id, "It is no plain file.", Foreign.At($"{home.LockFile} is no plain file.", home.LockFile));
        }

        if (facts.Owner != owner && facts.Owner != UserId.Root)
        {
            return CheckReport.Of(Id, "It is somebody else's.", Foreign.At(
                string.Create(CultureInfo.InvariantCulture, $"{home.LockFile} belongs to user {facts.Owner}, the home to user {owner}."), home.LockFile));
        }

        if (holder is { } pid)
        {
            return CheckReport.Ok(Id, string.Create(CultureInfo.InvariantCulture, $"held by process {pid}."));
        }

        return facts.Size > 0
            ? CheckReport.Of(Id, "free; left behind by a daemon that was killed.", Stale.Found($"{home.LockFile} names a process that does not hold it: its daemon did not come to its end."))
            : CheckReport.Ok(Id, "free.");
    }
}
