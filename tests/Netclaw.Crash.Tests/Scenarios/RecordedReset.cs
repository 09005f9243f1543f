using System.Text.Json;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>
/// A full reset that is recorded, with the backup that is made before it, and a start and some changes after it. The journal that it sets aside is one that a killed
/// daemon has left: with a write-ahead log. In it: devices that are paired, and two that were revoked; another host key than the first; a code that is open; tokens of
/// an earlier gateway, one spent, one taken back, one that waits.
/// </summary>
/// <param name="Before">Every file of the home, by its path.</param>
/// <param name="Former">The journal that is set aside.</param>
/// <param name="Next">The one that begins, with what was written to it since.</param>
/// <param name="Put">How many records of it the reset has made.</param>
/// <param name="Given">Who must stand how in the one that begins; whoever else was paired is nobody in it.</param>
/// <param name="Backup">Where it was said to be.</param>
/// <param name="Kept">What was set aside, by its path.</param>
/// <param name="Phone">Paired before.</param>
/// <param name="Lost">Revoked before.</param>
internal sealed record RecordedReset(
    NetclawHome Home, IReadOnlyList<IoEvent> Events, IReadOnlyDictionary<string, byte[]> Before, JournalHistory Former, JournalHistory Next, int Put, IReadOnlyList<Change> Given, GatewayId Gateway,
    string Backup, IReadOnlyDictionary<string, byte[]> Kept, TestDevice Phone, TestDevice Lost) : IDisposable
{
    /// <summary>Begun by the reset; the one before is the first.</summary>
    public const long Epoch = 2;

    public static async Task<RecordedReset> RecordAsync(ScratchHome scratch)
    {
        var home = scratch.Home;
        var keys = Enumerable.Range(0, 6).Select(_ => SigningKey.Generate()).ToList();
        var ended = new List<Change>();
        var restorable = await RecordedRestore.PrepareAsync(scratch, keys, async prepared =>
        {
            var legacy = await prepared.ImportLegacyAsync(3);
            await prepared.EnrolLegacyAsync(legacy[0], keys[5].Public);
            await prepared.RemoveLegacyAsync(legacy[1]);
            ended.AddRange(legacy.Take(2).Select(each => new Change.RemoveLegacy(each)));
        });
        var before = RecordedRestore.FilesOf(home);
        await using var recorded = new RecordedHome(scratch);
        var backup = await BackUpAsync(home);
        recorded.Scope.Mark(new Mark.BackedUp());
        await ResetAsync(home);
        recorded.Scope.Mark(new Mark.Completed());
        var put = JournalImage.Events(RecordedRestore.Copy(scratch)).Count;
        var (stamp, kept) = SetAside(home);
        Assert.Empty((await recorded.StartAsync()).Found);
        var (gateway, sealing) = (recorded.Keys!.Mark.GatewayId, recorded.Keys.Journal);
        Assert.Equal(Epoch, recorded.Keys.Mark.Epoch);
        var events = await RecordedRestore.EndAsync(recorded);
        var former = Path.Combine(Path.GetDirectoryName(home.Root)!, "former.db");
        await File.WriteAllBytesAsync(former, kept[home.JournalDatabase + stamp]);
        Assert.Equal(before[home.HostKey], kept[home.HostKey + stamp]);
        Assert.Contains(home.GatewayMark + stamp, kept);
        return new RecordedReset(
            home, events, before, new JournalHistory(JournalImage.Events(former), sealing), new JournalHistory(JournalImage.Events(home.JournalDatabase), sealing), put,
            [.. restorable.OfType<Change.Revoke>(), .. ended], gateway, backup, kept, Device("phone", keys[0]), Device("lost", keys[1]));
    }

    /// <summary>As a person does it, with the phrase.</summary>
    public static async Task ResetAsync(NetclawHome home)
    {
        var name = ConfigFile.Read(home.ConfigFile, null, MachineFacts.Current).Options.Gateway.Name;
        var run = await OfflineRun.OfAsync(home, "recover-reset", "--confirm", $"reset all pairings on {name}");
        if (!run.Succeeded)
        {
            throw new BrokenInvariantException(Invariant.Recovers, $"recover-reset ends with {run.ExitCode}: {run.Message}");
        }
    }

    public void Dispose()
    {
        Phone.Dispose();
        Lost.Dispose();
    }

    private static TestDevice Device(string name, SigningKey key) => new(name) { Key = key };

    /// <summary>As the command does before it resets.</summary>
    private static async Task<string> BackUpAsync(NetclawHome home)
    {
        var run = await OfflineRun.OfAsync(home, "backup-create");
        Assert.True(run.Succeeded, run.Message);
        return JsonDocument.Parse(run.Out).RootElement.GetProperty("file").GetString()!;
    }

    /// <summary>Under the stamp that the journal has.</summary>
    private static (string Stamp, Dictionary<string, byte[]> Kept) SetAside(NetclawHome home)
    {
        var stamp = Directory.EnumerateFiles(home.StateDirectory, "netclaw.db.????????-??????").Single()[home.JournalDatabase.Length..];
        string[] names = [home.JournalDatabase, home.SnapshotDatabase, home.HostKey, home.GatewayMark];
        return (stamp, names.Select(name => name + stamp).Where(File.Exists).ToDictionary(path => path, File.ReadAllBytes, StringComparer.Ordinal));
    }
}
