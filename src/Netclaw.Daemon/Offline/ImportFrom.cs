using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Recovery;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Importing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Locking;
using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>
/// An import offline: 1 the files, before anything is touched → 2 the lock → 3 the keys and the registry → 4 the entries, in calls of the size that a daemon takes.
/// A call that failed leaves those before it done: the next run finds them here.
/// </summary>
internal static class ImportFrom
{
    /// <summary>The shapes of the protocol, made for pipes and terminals.</summary>
    public static ProtocolJson Json { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    public static ImportReading? Read(OfflineCall call)
    {
        if (call.Option("--from") is { } path)
        {
            return ImportReader.Read(path, call.Problems);
        }

        call.Problems.Add(RefusalCode.UsageError, "--from wants the file or directory to import.");
        return null;
    }

    public static async Task<int> RunAsync(OfflineCall call, bool dryRun, CancellationToken cancellation)
    {
        if (Read(call) is not { } reading) // 1
        {
            return call.Problems.ExitCode;
        }

        if (dryRun && !File.Exists(call.Home.GatewayMark) && Unfinished.Of(call.Home) == UnfinishedWork.None)
        {
            // Nothing is here yet, and a plan makes nothing.
            return Say(call, ImportReport.Of(reading, Calls(reading).SelectMany(entries =>
                ((RegistryReply.Imported)DeviceDecider.Decide(Command(entries, DateTimeOffset.UnixEpoch, dryRun), RegistryState.Empty).Reply).Rows), dryRun));
        }

        using var held = HomeDirectories.Prepare(call.Home, call.Problems) ? DaemonLock.TryAcquire(call.Home, call.Problems) : null; // 2
        if (held is not null && dryRun)
        {
            Unfinished.Refuse(call.Home, call.Problems);
        }
        else if (held is not null)
        {
            Unfinished.Settle(call.Home, call.Problems);
        }

        var config = ConfigFile.Read(call.Home.ConfigFile, null, call.Machine);
        config.AddTo(call.Problems);
        if (call.Problems.Any)
        {
            return call.Problems.ExitCode;
        }

        using var keys = new KeyringLoader(call.Home, call.Problems, journalInHome: !config.Options.Persistence.UsesPostgres).Open(config.Options.Gateway.Name); // 3
        await using var registry = keys is null
            ? null
            : await OfflineRegistry.OpenAsync(call.Home, config.Options, keys, call.Environment, call.Problems, cancellation).ConfigureAwait(false);
        if (registry is null)
        {
            return call.Problems.ExitCode;
        }

        var rows = new List<ImportRow>();
        foreach (var entries in Calls(reading)) // 4
        {
            if (await registry.AskAsync(Command(entries, registry.Now, dryRun)).ConfigureAwait(false) is RegistryReply.Imported imported)
            {
                rows.AddRange(imported.Rows);
                continue;
            }

            call.Problems.Add(RefusalCode.JournalUnavailable, $"{registry.Health.Failure?.ToString() ?? "the registry gave no answer"}. {rows.Count} entries were done before; import again to go on.");
            return call.Problems.ExitCode;
        }

        return Say(call, ImportReport.Of(reading, rows, dryRun));
    }

    private static IEnumerable<ImportEntry[]> Calls(ImportReading reading) =>
        reading.Items.Select(item => item.Entry).OfType<ImportEntry>().Chunk(ImportParams.MostEntries);

    /// <summary>Whoever may write the home is its operator.</summary>
    private static RegistryCommand.Import Command(ImportEntry[] entries, DateTimeOffset now, bool dryRun) => new(
        0, now, [.. entries], dryRun, new Principal(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, Device: null, $"offline:uid={UserId.Current}"));

    private static int Say(OfflineCall call, ImportReport report)
    {
        call.Say(report, Json.ImportReport);
        return report.NotKept > 0 ? ExitCodes.Warned : ExitCodes.Ok;
    }
}
