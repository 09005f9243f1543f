using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>Whether this host is let in by its own key: the registry's host device against the host key file, by the state table of the recovery.</summary>
internal sealed class LocalAccessCheck : ICheck
{
    private const int Fresh = 1;
    private const int DaemonHolds = 9;
    private const int Unfinished = 10;
    private const string NotStarted = "not-started";

    private static readonly FindingKind Lost = new("local_access_lost", Severity.Error, "The host's key is missing, or not the one that is enrolled; a repair in place is safe.", "netclaw recover local-access");

    private static readonly FindingKind Unsafe = new(
        "local_access_unsafe", Severity.Error, "The host's key and the registry do not agree, and a repair in place would not be safe.", FindingKind.AnyCommand);

    private static readonly FindingKind CutShort = new("recovery_unfinished", Severity.Error, "A restore or a full reset was cut short; the next start completes it.", "netclaw up");

    public string Id => "local-access";

    public string Looks => "The registry's host device against keys/host.key: the row of the recovery's state table.";

    public ImmutableArray<FindingKind> Kinds => [Lost, Unsafe, CutShort];

    public Needs Needs => new(["localAccess", "keys"]);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) =>
        await visit.ExaminationAsync(cancellation) is not { } seen ? CheckReport.Skipped(Id, $"{visit.Unexamined}.")
            : seen.LocalAccess is { Row: not DaemonHolds } plan ? Of(plan)
            : OfFile(visit.Home, seen.Required(seen.Keys, "keys"));

    public CheckReport Of(RecoveryPlanResult plan)
    {
        var seen = string.Create(CultureInfo.InvariantCulture, $"state {plan.Row}, {plan.State}: {plan.Meaning}");
        return plan.IsHealthy || plan.Row == Fresh ? CheckReport.Ok(Id, seen)
            : plan.Row == Unfinished ? CheckReport.Of(Id, seen, CutShort.Found(plan.Meaning))
            : plan.Repairable ? CheckReport.Of(Id, seen, Lost.Found($"{plan.Meaning} {string.Join(' ', plan.Seen)} Other devices stay as they are: {plan.DevicesKept} of {plan.DevicesOf}."))
            : CheckReport.Of(Id, seen, Unsafe.Then($"{plan.Meaning} {string.Join(' ', plan.Seen)}", plan.WayOut.FirstOrDefault() ?? "netclaw recover local-access --dry-run"));
    }

    /// <summary>Beside a daemon, or a netclawd that does not compare: whether there is a key at all.</summary>
    private CheckReport OfFile(NetclawHome home, KeysReport keys) => keys switch
    {
        { Fresh: true } or { Bootstrap: null or NotStarted } => CheckReport.Ok(Id, "no host was enrolled yet."),
        { HostKey: "unreadable" } => CheckReport.Of(Id, $"{home.HostKey} is {keys.HostKey}.", Unsafe.Then(
            $"{home.HostKey} cannot be read: this host gets in by the control socket alone, and the next start is refused.", LocalRemedy.SetHostKeyAside(home))),
        { HostKey: "ok" } => CheckReport.Ok(Id, $"{home.HostKey} is there and can be read."),
        _ => CheckReport.Of(Id, $"{home.HostKey} is {keys.HostKey}.", Lost.Found($"{home.HostKey} is {keys.HostKey}: this host gets in by the control socket alone, and a restart may be refused.")),
    };
}
