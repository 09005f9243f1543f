using System.Collections.Immutable;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>How far the installation has come: as the mark outside the journal has it, and as the running daemon's registry does.</summary>
internal sealed class BootstrapCheck : ICheck
{
    private static readonly string[] Phases = ["notstarted", "seeded", "completed"];

    private static readonly FindingKind NotStarted = new("bootstrap_not_started", Severity.Info, "No daemon has enrolled this host yet; the first start does.", "netclaw up");

    private static readonly FindingKind Behind = new(
        "bootstrap_behind", Severity.Error, "The running daemon's registry has not come as far as the mark outside the journal: it was lost or rolled back.", "netclaw recover local-access --dry-run");

    public string Id => "bootstrap";

    public string Looks => "Not started, seeded or completed: the mark in keys/gateway.json against the running daemon's registry.";

    public ImmutableArray<FindingKind> Kinds => [NotStarted, Behind];

    public Needs Needs => new(["keys"], Status: true);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) => await visit.ExaminationAsync(cancellation) is { } seen
        ? Of(seen.Required(seen.Keys, "keys").Bootstrap, (await visit.StatusOrNullAsync(cancellation))?.Registry.Bootstrap)
        : CheckReport.Skipped(Id, $"{visit.Unexamined}.");

    /// <param name="marked">Null: there is no mark that can be read.</param>
    /// <param name="running">Null: no daemon was asked.</param>
    public CheckReport Of(string? marked, string? running)
    {
        var (outside, inside) = (Phase(marked), Phase(running));
        return running is not null && inside < outside
            ? CheckReport.Of(Id, $"{running}, although the mark says {marked}.", Behind.Found($"The registry of the running daemon is at {running}, keys/gateway.json has seen {marked}."))
            : Math.Max(outside, inside) == 0
            ? CheckReport.Of(Id, "not started.", NotStarted.Found("No daemon has enrolled this host yet."))
            : CheckReport.Ok(Id, $"{running ?? marked}.");
    }

    /// <summary>The two spell them differently.</summary>
    private static int Phase(string? name) => Math.Max(0, Array.IndexOf(Phases, name?.Replace("-", "", StringComparison.Ordinal).ToLowerInvariant()));
}
