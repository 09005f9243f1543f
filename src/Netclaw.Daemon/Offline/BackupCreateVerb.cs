using System.Globalization;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>Makes an archive of the home, and removes older ones if it is told to. Takes no lock: it works beside a daemon, without its help.</summary>
internal sealed class BackupCreateVerb : IOfflineVerb
{
    public string Name => "backup-create";

    public IReadOnlyList<string> Options => ["--to", "--raw", "--keep"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (HomeVisit.Settings(call) is not { } options || !TryKeep(call, out var keep))
        {
            return Task.FromResult(ExitCodes.Ok);
        }

        var now = TimeProvider.System.GetUtcNow();
        var path = call.Option("--to") is { } to ? Place(Path.GetFullPath(to), now) : BackupPlace.Of(call.Home, now);
        if (call.Option("--to") is not null && File.Exists(path))
        {
            call.Problems.Add(RefusalCode.UsageError, $"{path} is there already; it was not touched.", "netclaw backup create");
            return Task.FromResult(ExitCodes.Usage);
        }

        var maker = new BackupMaker(call.Home, options, call.Environment, call.Problems);
        var made = call.Option("--raw") == "true" ? maker.MakeRaw(path, now) : maker.Make(path, now);
        if (made is not null && keep is { } number)
        {
            made = Keep(call, made, number);
        }

        if (made is not null)
        {
            call.Say(made, OfflineJson.Readable.BackupMade);
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    /// <summary>A directory gets a dated name in it.</summary>
    private static string Place(string to, DateTimeOffset now) => Directory.Exists(to) ? BackupPlace.In(to, now) : to;

    private static bool TryKeep(OfflineCall call, out int? keep)
    {
        keep = null;
        if (call.Option("--keep") is not { } text)
        {
            return true;
        }

        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number < 1)
        {
            call.Problems.Add(RefusalCode.UsageError, $"--keep '{text}' is no number of archives; at least 1 remains.");
            return false;
        }

        if (call.Option("--raw") == "true")
        {
            call.Problems.Add(RefusalCode.UsageError, "--keep and --raw exclude each other: an archive of a damaged home takes no sound one's place.", "netclaw backup create --raw");
            return false;
        }

        keep = number;
        return true;
    }

    /// <summary>Nothing older goes before the new one has been read back to its end.</summary>
    private static BackupMade? Keep(OfflineCall call, BackupMade made, int keep)
    {
        if (CheckedArchive.Open(made.File, call.Problems) is not { Head.Gateway: { } gateway })
        {
            return null;
        }

        try
        {
            return made with { Removed = OlderArchives.Remove(made.File, gateway, keep) };
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Problems.Add(
                RefusalCode.HomeNotWritable, $"{made.File} was made and is whole. Older archives could not all be removed: {e.Message}", DiskTrouble.Remedy(e, Path.GetDirectoryName(made.File)!));
            return null;
        }
    }
}
