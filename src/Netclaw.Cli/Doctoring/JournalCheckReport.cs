using System.Collections.Immutable;

namespace Netclaw.Cli.Doctoring;

/// <summary>What <c>netclawd offline journal-check</c> says.</summary>
/// <param name="Checked">False: there was nothing to judge, or no keys to judge it with; <paramref name="Notes"/> say which.</param>
internal sealed record JournalCheckReport(
    bool Checked, bool Sound, string Provider, JournalFaultReport? FirstBad, ImmutableArray<JournalFaultReport> Faults, ImmutableArray<JournalChainReport> Chains, int Snapshots,
    ImmutableArray<string> Notes, ImmutableArray<string> Oddities);

/// <param name="Code">As <c>netclaw explain</c> knows it.</param>
/// <param name="Seen">Place and reason, in a sentence.</param>
internal sealed record JournalFaultReport(string Code, string Kind, string? PersistenceId, long? Sequence, string Reason, string Seen);

/// <param name="Marked">How far the mark outside the journal has seen it.</param>
internal sealed record JournalChainReport(string PersistenceId, long Records, long Last, long? Marked);
