using System.Data.Common;
using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>What a verb did not reckon with, as an error of the one table: whoever asked has something to go on with, and no stack trace.</summary>
internal static class OfflineFailure
{
    /// <param name="home">Null: it was not even clear where it is.</param>
    public static StartProblem Of(string verb, NetclawHome? home, Exception seen)
    {
        var (what, why) = ($"netclawd {OfflineHost.Word} {verb}{(home is null ? "" : " on " + home.Root)}", seen.Message.TrimEnd('.', ' '));
        return seen switch
        {
            AnswerLostException => new StartProblem(RefusalCode.HomeNotWritable, $"The answer of {what} could not be written: {why}.", "df -h"),
            IOException or UnauthorizedAccessException => new StartProblem(
                RefusalCode.HomeNotWritable, $"{what} was cut short: {why}.", home is null ? DiskTrouble.Look : DiskTrouble.Remedy(seen, home.Root)),
            JournalRowsException or JournalDamageException or RegistryEventException or UnknownManifestException or ArchiveDamageException or JsonException or DbException =>
                new StartProblem(RefusalCode.JournalUnreadable, $"{what} was cut short: {why}.", "netclaw doctor --only journal"),
            _ => new StartProblem(RefusalCode.InternalError, $"{what} failed where it should not have: {seen.GetType().Name}: {why}.", DiskTrouble.Look),
        };
    }
}
