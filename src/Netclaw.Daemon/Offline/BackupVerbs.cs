using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <param name="Sound">Always: what is not is refused, with its place.</param>
internal sealed record BackupVerified(
    string File, bool Sound, GatewayId? Gateway, string Name, DateTimeOffset CreatedAt, long Epoch, string Provider, bool Raw, long Files, long Records, int Devices);

/// <summary>Reads an archive to its end. Needs no home and no keys but those in it.</summary>
internal sealed class BackupVerifyVerb : IOfflineVerb
{
    public string Name => "backup-verify";

    public IReadOnlyList<string> Options => ["--file"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (BackupFile.Of(call) is { } path && CheckedArchive.Open(path, call.Problems) is { } archive)
        {
            call.Say(
                new BackupVerified(
                    path, true, archive.Head.Gateway, archive.Head.Name, archive.Head.CreatedAt, archive.Head.Epoch, archive.Head.Provider, archive.Head.Raw, archive.Files.Count, archive.Records, archive.Devices),
                OfflineJson.Readable.BackupVerified);
        }

        return Task.FromResult(ExitCodes.Ok);
    }
}

/// <summary>Says what a restore would come to; changes nothing and takes no lock.</summary>
internal sealed class BackupPlanVerb : IOfflineVerb
{
    public string Name => "backup-plan";

    public IReadOnlyList<string> Options => ["--file"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (HomeVisit.Settings(call) is { } options && BackupFile.Of(call) is { } path && CheckedArchive.Open(path, call.Problems) is { } archive
            && new Restorer(call.Home, options, call.Environment, archive, call.Problems).Plan(TimeProvider.System.GetUtcNow()) is var (_, plan))
        {
            call.Say(plan, OfflineJson.Readable.Restored);
        }

        return Task.FromResult(ExitCodes.Ok);
    }
}

/// <summary>Puts an archive in place of what the home holds.</summary>
internal sealed class BackupRestoreVerb : IOfflineVerb
{
    public string Name => "backup-restore";

    public IReadOnlyList<string> Options => ["--file"];

    public bool Writes => true;

    public bool TakesOverAReset => true;

    public async Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (HomeVisit.Settings(call) is { } options && BackupFile.Of(call) is { } path && CheckedArchive.Open(path, call.Problems) is { } archive
            && await new Restorer(call.Home, options, call.Environment, archive, call.Problems).RunAsync(TimeProvider.System.GetUtcNow(), cancellation).ConfigureAwait(false) is { } done)
        {
            call.Say(done, OfflineJson.Readable.Restored);
        }

        return ExitCodes.Ok;
    }
}

/// <param name="Files">Their paths, as they were made.</param>
internal sealed record BackupUnpacked(string Directory, System.Collections.Immutable.ImmutableArray<string> Files);

/// <summary>Writes an archive's files into an empty directory, for a look at what a damaged home held.</summary>
internal sealed class BackupUnpackVerb : IOfflineVerb
{
    public string Name => "backup-unpack";

    public IReadOnlyList<string> Options => ["--file", "--to"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (call.Option("--to") is not { } to)
        {
            call.Problems.Add(RefusalCode.UsageError, "--to wants a directory.");
        }
        else if (BackupFile.Of(call) is { } path && CheckedArchive.Open(path, call.Problems) is not null)
        {
            Unpack(call, path, Path.GetFullPath(to));
        }

        return Task.FromResult(ExitCodes.Ok);
    }

    private static void Unpack(OfflineCall call, string path, string to)
    {
        if (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any())
        {
            call.Problems.Add(RefusalCode.UsageError, $"{to} is not empty; nothing was written into it.");
            return;
        }

        try
        {
            call.Say(new BackupUnpacked(to, [.. ArchiveUnpacking.Into(path, to)]), OfflineJson.Readable.BackupUnpacked);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArchiveDamageException)
        {
            call.Problems.Add(RefusalCode.HomeNotWritable, $"{path} could not be unpacked into {to}: {e.Message}", e is ArchiveDamageException ? $"netclaw backup verify '{path}'" : DiskTrouble.Remedy(e, to));
        }
    }
}

internal static class BackupFile
{
    /// <returns>The full path; null, with the problem added, when none was named.</returns>
    public static string? Of(OfflineCall call)
    {
        if (call.Option("--file") is { } file)
        {
            return Path.GetFullPath(file);
        }

        call.Problems.Add(RefusalCode.UsageError, "--file wants the path of a backup.");
        return null;
    }
}
