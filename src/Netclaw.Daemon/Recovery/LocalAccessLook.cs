using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>The state table's row of a home, found by reading alone: for a doctor, who holds no lock and changes nothing.</summary>
internal static class LocalAccessLook
{
    public static RecoveryPlanResult Of(NetclawHome home, NetclawOptions options, Func<string, string?> environment, DateTimeOffset now)
    {
        var (journal, registry) = Read(home, options, environment, now);
        return RepairPlan.Of(LocalAccessSurvey.Of(home, journal, registry, new LockFact.Free()), home, options.Gateway.Name);
    }

    private static (JournalFact Journal, RegistrySnapshot? Registry) Read(NetclawHome home, NetclawOptions options, Func<string, string?> environment, DateTimeOffset now)
    {
        if (Unfinished.Of(home) != UnfinishedWork.None)
        {
            return (new JournalFact.Missing(), null); // of one half of the home; the other is not in its place yet
        }

        if (!options.Persistence.UsesPostgres && HomeVisit.WithoutRecords(home) is { } nothing)
        {
            return (nothing, null);
        }

        var problems = new StartProblems();
        var postgres = options.Persistence.UsesPostgres ? PostgresSettings.Read(home, options.Persistence, environment, problems) : null;
        using var keys = problems.Any ? null : new KeyringLoader(home, problems, postgres is null, readOnly: true) { HostKeyMayBeUnreadable = true }.Open(options.Gateway.Name);
        if (keys is null)
        {
            return (new JournalFact.Unreadable(problems.Found[0].Message), null);
        }

        try
        {
            if (new JournalAuditor(home, postgres, keys.Journal, keys.Mark).Compare() is { } fault)
            {
                return (fault.Kind switch
                {
                    FaultKind.RolledBack => new JournalFact.Behind(fault.ToString()),
                    FaultKind.Away => new JournalFact.Stopped(fault.ToString(), RepairPlan.NextStart),
                    _ => new JournalFact.Unreadable(fault.ToString()),
                }, null);
            }

            var registry = RegistryReader.Read(home, postgres, keys.Journal, now);
            return (registry.Sequence == 0 ? new JournalFact.Empty() : new JournalFact.Sound(), registry);
        }
        catch (JournalRowsException away) when (away.IsAway)
        {
            return (new JournalFact.Stopped(away.Message, RepairPlan.NextStart), null);
        }
        catch (Exception e) when (e is JournalRowsException or JournalDamageException or RegistryEventException or UnknownManifestException or JsonException)
        {
            return (new JournalFact.Unreadable(e.Message), null);
        }
    }
}
