using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// Method <c>recovery.plan</c>, and what <c>netclawd offline recover-plan</c> writes: which row of the state table (recovery.md) this home is in, and what a
/// repair would write. Nothing was changed to find out.
/// </summary>
/// <param name="Row">1 to 10.</param>
/// <param name="State">The row's name, kebab-case.</param>
/// <param name="Meaning">What that means, in a sentence.</param>
/// <param name="Seen">What was seen, a line each.</param>
/// <param name="Repairable">The repair is safe here, and <paramref name="Writes"/> is what it does.</param>
/// <param name="Writes">In order; empty: nothing to do, or nothing that would be safe.</param>
/// <param name="DevicesKept">Devices other than this host that stay exactly as they are.</param>
/// <param name="DevicesOf">Of how many.</param>
/// <param name="WayOut">Commands that lead on where a repair in place would not be safe, the gentlest first.</param>
/// <param name="Gateway">Its name, for the phrase that a full reset asks for.</param>
/// <param name="Digest">Of row, facts and writes: a repair that is told it does this plan or nothing. Null: of a gateway that does not compare.</param>
public sealed record RecoveryPlanResult(
    int Row, string State, string Meaning, ImmutableArray<string> Seen, bool Repairable, ImmutableArray<PlannedWrite> Writes, int DevicesKept, int DevicesOf,
    ImmutableArray<string> WayOut, string Gateway, string? Digest = null)
{
    public const string Method = "recovery.plan";

    public const int HealthyRow = 5;

    /// <summary>Nothing to do.</summary>
    [JsonIgnore]
    public bool IsHealthy => Row == HealthyRow && Writes.IsEmpty;
}

/// <param name="What">The file, or the record.</param>
public sealed record PlannedWrite(string What, string Before, string After);

/// <summary>Parameters of <c>recovery.repair</c>.</summary>
/// <param name="Plan">Digest of the plan that was agreed to: another one is refused with <c>consent_required</c>. Null: whatever the plan is by then.</param>
public sealed record RecoveryRepairParams(string? Plan = null);

/// <summary>Method <c>recovery.repair</c>, and what <c>netclawd offline recover-repair</c> and <c>recover-reset</c> write. Everything in it is durable.</summary>
/// <param name="Row">The row that was found; 5: nothing had to be done.</param>
/// <param name="Host">The host device of now.</param>
/// <param name="Former">The one that was shut out, if there was one.</param>
/// <param name="SetAside">Files that were given another name; none was removed.</param>
/// <param name="Epoch">After a full reset: the new epoch.</param>
public sealed record RecoveryRepairResult(
    int Row, DeviceId Host, int DevicesKept, int DevicesOf, ImmutableArray<string> SetAside, DeviceId? Former = null, int ConnectionsClosed = 0, long? Epoch = null)
{
    public const string Method = "recovery.repair";
}
