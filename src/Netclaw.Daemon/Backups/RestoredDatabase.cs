using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Postgres;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Backups;

/// <summary>The database that a restore is to adopt, as PostgreSQL's own tools have put it back: read to its end with the archive's keys, and changed in nothing.</summary>
internal static class RestoredDatabase
{
    /// <returns>Null, with the problem added: it cannot be read, is damaged, is another gateway's, or holds nothing.</returns>
    public static RegistrySnapshot? Read(NetclawHome home, NetclawOptions options, Func<string, string?> environment, CheckedArchive archive, StartProblems problems, DateTimeOffset now)
    {
        if (archive is not { Keys: { } keys, Mark: { } mark } || PostgresSettings.Read(home, options.Persistence, environment, problems) is not { } settings)
        {
            return null;
        }

        try
        {
            // Against no mark: it may well end before what the archive's or this home's has seen.
            if (new JournalAuditor(home, settings, keys, GatewayMark.Fresh(mark.GatewayId, mark.Name)).FirstBad() is { } fault)
            {
                problems.Add(RefusalCode.JournalUnreadable, $"{settings.Place}, read with the keys of {archive.Path}: {fault}. Nothing was changed.", $"netclaw backup verify '{archive.Path}'");
                return null;
            }

            var registry = RegistryReader.Read(home, settings, keys, now);
            if (registry.Sequence > 0)
            {
                return registry;
            }

            problems.Add(
                RefusalCode.RestoreNotPossible, $"{settings.Place} holds no journal. PostgreSQL's own tools put it back first; the archive holds the keys to it. Nothing was changed.",
                $"pg_restore --no-owner --exit-on-error {settings.Tool} <dump>");
            return null;
        }
        catch (Exception e) when (e is JournalRowsException or JournalDamageException)
        {
            problems.Add(RefusalCode.JournalUnreadable, $"{e.Message}. Nothing was changed.", $"netclaw backup verify '{archive.Path}'");
            return null;
        }
    }
}
