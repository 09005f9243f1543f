using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>
/// Whether every record of the journal is what was written, and all of them are there: the chain under its key, the snapshots, the head in keys/gateway.json. Reads
/// only; works beside a daemon that writes, and on a file system that is read-only.
/// </summary>
internal sealed class JournalCheckVerb : IOfflineVerb
{
    public string Name => "journal-check";

    public async Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        var options = ConfigFile.Read(call.Home.ConfigFile, null, call.Machine).Options;
        var found = await Task.Run(() => JournalChecked.Of(call.Home, options, call.Environment, call.Problems), cancellation).ConfigureAwait(false);
        if (call.Problems.Any)
        {
            return call.Problems.ExitCode;
        }

        call.Say(found, OfflineJson.Readable.JournalChecked);
        return !found.Sound ? ExitCodes.Failed : found.Oddities.IsEmpty ? ExitCodes.Ok : ExitCodes.Warned;
    }
}
