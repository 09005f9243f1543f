using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>
/// A restore that is recorded, with a start and some changes after it. The journal that it replaces is one that a killed daemon has left: with a write-ahead log.
/// In it, since the backup: one device revoked, one narrowed, one paired and revoked, one paired; another host key; a code that is open.
/// </summary>
/// <param name="Before">Every file of the home, by its path.</param>
/// <param name="Former">The journal that is replaced.</param>
/// <param name="Next">The one that takes its place, with what was written to it since.</param>
/// <param name="Put">How many records of it the restore has made.</param>
/// <param name="Given">Who must stand how in the one that takes its place, before anything is changed in it.</param>
internal sealed record RecordedRestore(
    NetclawHome Home, IReadOnlyList<IoEvent> Events, IReadOnlyDictionary<string, byte[]> Before, JournalHistory Former, JournalHistory Next, int Put, IReadOnlyList<Change> Given, GatewayId Gateway)
{
    /// <summary>Begun by the restore; the one before is the first.</summary>
    public const long Epoch = 2;

    public static string Archive(NetclawHome home) => Path.Combine(home.BackupsDirectory, "saved.ncb");

    public static async Task<RecordedRestore> RecordAsync(ScratchHome scratch)
    {
        var home = scratch.Home;
        var given = await PrepareAsync(scratch);
        var former = JournalImage.Events(home.JournalDatabase);
        var before = FilesOf(home);
        await using var recorded = new RecordedHome(scratch);
        await RestoreAsync(home);
        recorded.Scope.Mark(new Mark.Completed());
        var put = JournalImage.Events(Copy(scratch)).Count;
        Assert.Empty((await recorded.StartAsync()).Found);
        var (gateway, keys) = (recorded.Keys!.Mark.GatewayId, recorded.Keys.Journal);
        Assert.Equal(Epoch, recorded.Keys.Mark.Epoch);
        var events = await EndAsync(recorded);
        return new RecordedRestore(home, events, before, new JournalHistory(former, keys), new JournalHistory(JournalImage.Events(home.JournalDatabase), keys), put, given, gateway);
    }

    /// <summary>Some changes in the new journal, and a stop.</summary>
    /// <returns>All that was recorded.</returns>
    public static async Task<IReadOnlyList<IoEvent>> EndAsync(RecordedHome recorded)
    {
        using var late = SigningKey.Generate();
        using var other = SigningKey.Generate();
        await recorded.PairAsync(late.Public, ScopeSet.DeviceDefault, "after");
        recorded.MarkHeads();
        await recorded.ApproveAsync(other.Public, ScopeSet.ReadWrite, "after too");
        await recorded.RevokeAsync(late.Public.DeviceId);
        await recorded.StopAsync();
        recorded.Scope.Dispose();
        return [.. recorded.Scope.Events.Where(each => !IsOfMemory(each))];
    }

    /// <summary>As a person does it.</summary>
    public static async Task RestoreAsync(NetclawHome home)
    {
        var run = await OfflineRun.OfAsync(home, "backup-restore", "--file", Archive(home));
        if (!run.Succeeded)
        {
            throw new BrokenInvariantException(Invariant.Recovers, $"backup-restore ends with {run.ExitCode}: {run.Message}");
        }
    }

    /// <summary>Keys, state, backups and what is in them, as far as it is on a disk.</summary>
    public static Dictionary<string, byte[]> FilesOf(NetclawHome home) => Directory.EnumerateFiles(home.Root, "*", SearchOption.AllDirectories)
        .Where(path => !path.EndsWith("-shm", StringComparison.Ordinal)).ToDictionary(path => path, File.ReadAllBytes, StringComparer.Ordinal);

    /// <summary>Makes all of them again in another home, whatever was there.</summary>
    public static void Fill(NetclawHome home, IEnumerable<KeyValuePair<string, byte[]>> files, string root)
    {
        foreach (var directory in (string[])[home.KeysDirectory, home.StateDirectory, home.BackupsDirectory])
        {
            if (Directory.Exists(directory))
            {
                Directory.Delete(directory, recursive: true);
            }

            PrivateDirectory.Ensure(directory);
        }

        foreach (var (path, bytes) in files)
        {
            var to = home.Root + path[root.Length..];
            Directory.CreateDirectory(Path.GetDirectoryName(to)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            using var file = new FileStream(to, new FileStreamOptions
            {
                Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 0, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            });
            file.Write(bytes);
        }
    }

    /// <summary>Up to the moment before the restore.</summary>
    /// <returns>Who must stand how after it.</returns>
    public static async Task<IReadOnlyList<Change>> PrepareAsync(ScratchHome scratch)
    {
        var keys = Enumerable.Range(0, 5).Select(_ => SigningKey.Generate()).ToList();
        var given = await PrepareAsync(scratch, keys, _ => Task.CompletedTask);
        keys.ForEach(key => key.Dispose());
        return given;
    }

    /// <param name="keys">Five; they stay the caller's.</param>
    /// <param name="further">What is changed since the backup besides.</param>
    public static async Task<IReadOnlyList<Change>> PrepareAsync(ScratchHome scratch, IReadOnlyList<SigningKey> keys, Func<RecordedHome, Task> further)
    {
        var (phone, tablet, laptop, since, gone) = (keys[0].Public, keys[1].Public, keys[2].Public, keys[3].Public, keys[4].Public);
        Dictionary<string, byte[]> killed;
        await using (var home = new RecordedHome(scratch))
        {
            Assert.Empty((await home.StartAsync()).Found);
            await home.PairAsync(phone, ScopeSet.DeviceDefault, "phone");
            await home.ApproveAsync(tablet, ScopeSet.ReadWrite, "tablet");
            await home.PairAsync(laptop, ScopeSet.ReadWrite, "laptop");
            await home.MintAsync();
            home.MarkHeads();
            var problems = new StartProblems();
            Assert.NotNull(new BackupMaker(home.Home, new NetclawOptions(), _ => null, problems).Make(Archive(home.Home), SteadyTime.Instance.GetUtcNow()));

            await home.RevokeAsync(tablet.DeviceId);
            await home.SetScopesAsync(laptop.DeviceId, new ScopeSet(Scope.Read));
            await home.PairAsync(since, ScopeSet.DeviceDefault, "since");
            await home.PairAsync(gone, ScopeSet.DeviceDefault, "gone");
            await home.RevokeAsync(gone.DeviceId);
            await home.RotateHostAsync();
            await home.MintAsync();
            await further(home);
            home.MarkHeads();
            killed = scratch.Files();
        }

        foreach (var path in scratch.Files().Keys)
        {
            File.Delete(path);
        }

        scratch.Fill(killed, scratch.Home.Root);
        return
        [
            new Change.Pair(phone.DeviceId, ScopeSet.DeviceDefault), new Change.Revoke(tablet.DeviceId), new Change.Pair(laptop.DeviceId, new ScopeSet(Scope.Read)), new Change.Revoke(gone.DeviceId),
        ];
    }

    /// <summary>Of the journal, apart from the home: reading leaves a log behind.</summary>
    public static string Copy(ScratchHome scratch)
    {
        var copy = Path.Combine(Path.GetDirectoryName(scratch.Home.Root)!, "restored.db");
        File.Copy(scratch.Home.JournalDatabase, copy);
        return copy;
    }

    /// <summary>SQLite's shared index is no file to it.</summary>
    private static bool IsOfMemory(IoEvent @event) => @event switch
    {
        IoEvent.Deleted deleted => deleted.Path.EndsWith("-shm", StringComparison.Ordinal),
        IoEvent.Linked linked => linked.From.EndsWith("-shm", StringComparison.Ordinal),
        _ => false,
    };
}
