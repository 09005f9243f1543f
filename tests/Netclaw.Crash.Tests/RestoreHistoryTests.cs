using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Protocol;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>
/// Devices come, change and go by chance, a backup is made, they go on, and it is restored: whoever was revoked at any time is revoked, every other device of the
/// backup is as it was in it, and nobody else is there.
/// </summary>
public sealed class RestoreHistoryTests(ITestOutputHelper output)
{
    private static readonly int Histories = TestRun.IsLong ? 1000 : 30;

    [Fact]
    public async Task WhoeverWasRevoked_IsRevoked_AndTheOthersOfTheBackup_AreAsTheyWere()
    {
        output.WriteLine($"seed {TestRun.Seed}: {Histories} histories");
        var (came, stayed) = (0, 0);
        for (var number = 0; number < Histories; number++)
        {
            var seed = TestRun.Seed + number;
            var (backup, present, found, revoked) = await PlayAsync(new Random(seed), damaged: false);
            Assert.Null(found.Values.FirstOrDefault(device => device.IsSuspended));
            Assert.Empty(revoked.Where(id => found.TryGetValue(id, out var device) ? !device.IsRevoked : backup.ContainsKey(id) || present.ContainsKey(id)));
            foreach (var device in Peers(found).Where(device => !device.IsRevoked))
            {
                Assert.True(backup.TryGetValue(device.Id, out var then), $"seed {seed}: {device.Id.Short} is not of the backup");
                Assert.False(revoked.Contains(device.Id), $"seed {seed}: {device.Id.Short} was revoked");
                Assert.Equal(Standing.Text(then with { Tokens = [], Scopes = Least(then, present[device.Id]) }), Standing.Text(device));
                came++;
            }

            foreach (var then in Peers(backup).Where(device => !device.IsRevoked && !revoked.Contains(device.Id)))
            {
                Assert.True(found.TryGetValue(then.Id, out var device) && !device.IsRevoked, $"seed {seed}: {then.Id.Short} is lost");
            }

            stayed += revoked.Count;
        }

        output.WriteLine($"{came} devices came back, {stayed} stayed revoked");
        Assert.True(came > 0 && stayed > 0);
    }

    [Fact]
    public async Task WhereTheJournalIsGone_EveryDeviceOfTheBackup_WaitsForAnOperator_AndNobodyElseIsThere()
    {
        output.WriteLine($"seed {TestRun.Seed}: {Histories / 3} histories");
        var waiting = 0;
        for (var number = 0; number < Histories / 3; number++)
        {
            var seed = TestRun.Seed + number;
            var (backup, _, found, _) = await PlayAsync(new Random(seed), damaged: true);
            Assert.Equal(backup.Keys.Select(id => id.ToString()).Order(), found.Keys.Select(id => id.ToString()).Order());
            foreach (var device in Peers(found))
            {
                var then = backup[device.Id];
                Assert.True(then.IsRevoked || device.IsSuspended, $"seed {seed}: {device.Id.Short} is let in");
                Assert.Equal(Standing.Text(then with { Tokens = [], SuspendedAt = device.SuspendedAt }), Standing.Text(device));
                waiting += device.IsSuspended ? 1 : 0;
            }
        }

        Assert.True(waiting > 0);
    }

    private static async Task<(IReadOnlyDictionary<DeviceId, Device> Backup, IReadOnlyDictionary<DeviceId, Device> Present, IReadOnlyDictionary<DeviceId, Device> Found, IReadOnlySet<DeviceId> Revoked)>
        PlayAsync(Random random, bool damaged)
    {
        using var scratch = new ScratchHome();
        PrivateDirectory.Ensure(scratch.Home.BackupsDirectory);
        IReadOnlyDictionary<DeviceId, Device> backup, present;
        IReadOnlySet<DeviceId> revoked;
        await using (var home = new RecordedHome(scratch))
        {
            Assert.Empty((await home.StartAsync()).Found);
            var history = new RandomHistory(home, random);
            await history.GoOnAsync(random.Next(3, 20));
            backup = history.Devices;
            var made = await OfflineRun.OfAsync(scratch.Home, "backup-create", "--to", RecordedRestore.Archive(scratch.Home));
            Assert.True(made.Succeeded, made.Message);
            await history.GoOnAsync(random.Next(0, 20));
            (present, revoked) = (history.Devices, history.Revoked);
        }

        if (damaged)
        {
            await File.WriteAllTextAsync(scratch.Home.JournalDatabase, new string('x', 4096));
        }

        await RecordedRestore.RestoreAsync(scratch.Home);
        return (backup, present, Standing.Of(scratch.Home).Registry.Devices, revoked);
    }

    private static IEnumerable<Device> Peers(IReadOnlyDictionary<DeviceId, Device> devices) => devices.Values.Where(device => device.Kind != DeviceKind.Host);

    /// <summary>What it held in the backup, and no more than it held last.</summary>
    private static ScopeSet Least(Device then, Device last) => last.Scopes.Covers(then.Scopes) ? then.Scopes : last.Scopes.Grant(then.Scopes.Expanded);
}
