using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Netclaw.Cli.Recovery;

namespace Netclaw.Cli.Doctoring;

/// <summary>One thing that a check found.</summary>
/// <param name="Id">Stable, snake_case: a code of <c>netclaw explain</c> where there is one.</param>
/// <param name="Seen">What was seen and what it means, in a sentence.</param>
/// <param name="Key">The setting of netclaw.json that it is about.</param>
/// <param name="Remedy">The one command that leads out, or shows more.</param>
/// <param name="Change">What to write at the key first, where a command alone does not do it.</param>
internal sealed record DoctorFinding(string Id, Severity Severity, string Seen, string Remedy, string? Key = null, string? Value = null, string? Change = null);

[JsonConverter(typeof(JsonStringEnumConverter<CheckState>))]
internal enum CheckState
{
    [JsonStringEnumMemberName("ok")]
    Ok,

    [JsonStringEnumMemberName("info")]
    Info,

    [JsonStringEnumMemberName("warning")]
    Warning,

    [JsonStringEnumMemberName("error")]
    Error,

    /// <summary>It could not be looked at; <see cref="CheckReport.Seen"/> says why.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,
}

/// <summary>What one check came to.</summary>
/// <param name="State">That of its gravest finding.</param>
/// <param name="Seen">In a sentence: what stands, or why nothing could be seen.</param>
internal sealed record CheckReport(string Id, CheckState State, string Seen, ImmutableArray<DoctorFinding> Findings)
{
    public static CheckReport Ok(string id, string seen) => new(id, CheckState.Ok, seen, []);

    public static CheckReport Skipped(string id, string why) => new(id, CheckState.Skipped, why, []);

    public static CheckReport Of(string id, string seen, params ImmutableArray<DoctorFinding> findings) => findings.IsEmpty
        ? Ok(id, seen)
        : new CheckReport(id, findings.Max(finding => finding.Severity) switch
        {
            Severity.Error => CheckState.Error,
            Severity.Warning => CheckState.Warning,
            _ => CheckState.Info,
        }, seen, [.. findings.OrderByDescending(finding => finding.Severity)]);
}

/// <param name="Healthy">No errors and no warnings; what is only told does not count.</param>
/// <param name="Repair">With <c>--fix</c>: what was planned, written and proven before the checks ran; null without it, or where the check that it is for was left out.</param>
internal sealed record DoctorReport(string Home, bool Healthy, int Errors, int Warnings, ImmutableArray<CheckReport> Checks, RecoverReport? Repair = null)
{
    public static DoctorReport Of(string home, ImmutableArray<CheckReport> checks, RecoverReport? repair = null)
    {
        var found = checks.SelectMany(check => check.Findings).ToLookup(finding => finding.Severity);
        var (errors, warnings) = (found[Severity.Error].Count(), found[Severity.Warning].Count());
        return new DoctorReport(home, errors + warnings == 0, errors, warnings, checks, repair);
    }
}
