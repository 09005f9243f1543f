using System.Collections.Immutable;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Journal.Auditing;

/// <param name="Code">As <c>netclaw explain</c> knows it: <c>journal_unreadable</c>, <c>journal_rolled_back</c> or <c>journal_unavailable</c>.</param>
/// <param name="Kind">unreadable, record, rolledBack, snapshot or away.</param>
/// <param name="PersistenceId">Null where the database as a whole is meant.</param>
/// <param name="Sequence">Of the first bad or missing record; null where none can be named.</param>
internal sealed record CheckedFault(string Code, string Kind, string? PersistenceId, long? Sequence, string Reason, string Seen)
{
    public static CheckedFault Of(JournalFault fault) => new(
        RefusalTable.For(JournalComparison.CodeOf(fault.Kind)).Name,
        char.ToLowerInvariant(fault.Kind.ToString()[0]) + fault.Kind.ToString()[1..],
        fault.PersistenceId.Length > 0 ? fault.PersistenceId : null, fault.Sequence > 0 ? fault.Sequence : null, fault.Reason, fault.ToString());
}

/// <param name="Marked">How far the mark outside the journal has seen it; null: it has seen nothing.</param>
internal sealed record CheckedChain(string PersistenceId, long Records, long Last, long? Marked);

/// <summary>A whole journal, read and judged: what <c>netclawd offline journal-check</c> says.</summary>
/// <param name="Checked">False: there is no journal yet, or it cannot be judged without its keys; <paramref name="Notes"/> say so.</param>
/// <param name="FirstBad">Null: sound, as far as it was looked at.</param>
/// <param name="Faults">The first of each persistence id.</param>
/// <param name="Notes">What could not be looked at.</param>
/// <param name="Oddities">Fields that nothing reads and that are not as Netclaw writes them.</param>
internal sealed record JournalChecked(
    bool Checked, bool Sound, string Provider, CheckedFault? FirstBad, ImmutableArray<CheckedFault> Faults, ImmutableArray<CheckedChain> Chains, int Snapshots,
    ImmutableArray<string> Notes, ImmutableArray<string> Oddities)
{
    /// <summary>Writes nothing, takes no lock.</summary>
    /// <param name="problems">What is wrong with the keys or the connection string.</param>
    public static JournalChecked Of(NetclawHome home, NetclawOptions options, Func<string, string?> environment, StartProblems problems)
    {
        var provider = options.Persistence.UsesPostgres ? "PostgreSQL" : "SQLite";
        if (RepairPlan.Words(Unfinished.Of(home)) is { } meaning)
        {
            return Unchecked(provider, $"{meaning} Until then the journal and its mark may be of different times, and are not compared.");
        }

        if (!options.Persistence.UsesPostgres && !File.Exists(home.JournalDatabase) && !File.Exists(home.GatewayMark))
        {
            return Unchecked(provider, "There is no journal yet: this home was never served.");
        }

        var before = problems.Found.Count;
        var postgres = options.Persistence.UsesPostgres ? PostgresSettings.Read(home, options.Persistence, environment, problems) : null;
        using var keys = new KeyringLoader(home, problems, journalInHome: postgres is null, readOnly: true).Open(options.Gateway.Name);
        if (keys is null || problems.Found.Count > before)
        {
            return Unchecked(provider, "The journal cannot be judged without its keys.");
        }

        var mark = keys.Mark;
        var (result, notes) = new JournalAuditor(home, postgres, keys.Journal, mark).Audit();
        ImmutableArray<CheckedFault> faults = [.. result.Faults.Select(CheckedFault.Of)];
        return new JournalChecked(
            true, result.IsSound, provider, faults.FirstOrDefault(), faults,
            [.. result.Chains.Select(chain => new CheckedChain(chain.PersistenceId, chain.Records, chain.Last, mark.Head(chain.PersistenceId)?.Sequence))],
            result.Snapshots, [.. notes], result.Oddities);
    }

    private static JournalChecked Unchecked(string provider, string why) => new(false, true, provider, null, [], [], 0, [why], []);
}
