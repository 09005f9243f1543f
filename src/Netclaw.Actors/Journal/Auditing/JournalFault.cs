using System.Collections.Immutable;
using System.Globalization;

namespace Netclaw.Actors.Journal.Auditing;

public enum FaultKind
{
    /// <summary>The database itself could not be read to its end.</summary>
    Unreadable,

    /// <summary>A record is missing, damaged, moved, foreign or means nothing.</summary>
    Record,

    /// <summary>The journal is behind what the mark outside it says, or went on another way from there.</summary>
    RolledBack,

    /// <summary>A snapshot is damaged, foreign, or stands on a record that is not there.</summary>
    Snapshot,

    /// <summary>The database's server does not answer: nothing is known of what it holds.</summary>
    Away,
}

/// <summary>One thing that keeps a journal from being trusted, with its place.</summary>
/// <param name="PersistenceId">Empty where the database as a whole is meant.</param>
/// <param name="Sequence">Of the first bad or missing record; 0 where none can be named.</param>
/// <param name="Reason">For a person; no secrets.</param>
public sealed record JournalFault(FaultKind Kind, string PersistenceId, long Sequence, string Reason)
{
    public override string ToString() => (PersistenceId, Kind) switch
    {
        ("", _) => Reason,
        (_, FaultKind.Snapshot) => string.Create(CultureInfo.InvariantCulture, $"{PersistenceId}, snapshot at {Sequence}: {Reason}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{PersistenceId}, record {Sequence}: {Reason}"),
    };
}

/// <summary>One persistence id as it was read.</summary>
/// <param name="Last">Sequence of the last sound record.</param>
public sealed record AuditedChain(string PersistenceId, long Records, long Last);

/// <summary>What a whole journal came to.</summary>
/// <param name="Faults">The first of each persistence id, the first of the journal first.</param>
/// <param name="Oddities">Fields that nothing reads and that are not as Netclaw writes them; a recovery is not kept by them.</param>
public sealed record JournalAuditResult(ImmutableArray<AuditedChain> Chains, int Snapshots, ImmutableArray<JournalFault> Faults, ImmutableArray<string> Oddities)
{
    public bool IsSound => Faults.IsEmpty;

    public JournalFault? FirstBad => Faults.IsEmpty ? null : Faults[0];
}
