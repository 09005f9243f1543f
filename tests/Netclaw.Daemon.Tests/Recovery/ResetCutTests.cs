using System.Security.Cryptography;
using Netclaw.Actors.Devices;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Recovery;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Importing;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>A full reset that was cut short, and a person who takes another way then: none of them ends in a home that no command leads out of.</summary>
public sealed class ResetCutTests
{
    [Fact]
    public async Task ARestore_TakesThePlaceOfACutReset_WhereverItWasCut()
    {
        await using var cut = await CutReset.SetUpAsync();
        var ordered = 0;
        await cut.AtEveryStepAsync(async (home, step) =>
        {
            var begun = CutReset.IsUnderWay(home) || Directory.GetFiles(home.Home.StateDirectory, "netclaw.db.2*").Length > 0;
            ordered += CutReset.IsUnderWay(home) ? 1 : 0;

            var restored = (await home.OfflineAsync("backup-restore", "--file", CutReset.Archive(home))).Read(OfflineJson.Readable.Restored);
            Assert.False(CutReset.IsUnderWay(home), $"step {step}");
            _ = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

            await home.StartAsync();
            await home.ServesHostKeyAsync();
            Assert.Equal((step, begun ? RefusalCode.DeviceSuspended : null), (step, await cut.Phone.RefusalAsync(home.Host)));
            Assert.Equal((step, RefusalCode.DeviceRevoked), (step, await cut.Lost.RefusalAsync(home.Host)));
            Assert.Equal(restored.To, home.Host.Service<RegistryView>().Current!.Epoch);
        });
        Assert.True(ordered > 10 / CutReset.Stride, $"cut {ordered} times with the order given");
    }

    /// <summary>Of the two orders the later one goes on; nothing is moved by the other.</summary>
    [Fact]
    public async Task ARestoreThatIsCutToo_GoesOnByTheNextStart_AndTheResetDoesNot()
    {
        await using var cut = await CutReset.SetUpAsync();
        var (both, completed) = (0, false);
        for (var step = 1; !completed; step += CutReset.Stride)
        {
            await using var home = await HalfMovedAsync(cut);
            completed = !await CutReset.CutAsync(home, step, "backup-restore", "--file", CutReset.Archive(home));
            var restores = completed || File.Exists(home.Home.RestoreOrder) || !CutReset.IsUnderWay(home);
            both += File.Exists(home.Home.RestoreOrder) && CutReset.IsUnderWay(home) ? 1 : 0;

            await home.StartAsync();

            Assert.False(CutReset.IsUnderWay(home) || File.Exists(home.Home.RestoreOrder), $"step {step}");
            Assert.Equal((step, restores ? RefusalCode.DeviceSuspended : RefusalCode.PairingRequired), (step, await cut.Phone.RefusalAsync(home.Host)));
            Assert.Equal((step, RefusalCode.DeviceRevoked), (step, await cut.Lost.RefusalAsync(home.Host)));
            Assert.InRange(step, 1, 200);
        }

        Assert.True(both > 0);
    }

    /// <summary>At odd steps the host's key is gone besides, also the one that the reset has made.</summary>
    [Fact]
    public async Task ThePlanNamesTheNextStart_OtherVerbsThatWriteAreRefused_AndThatStartCompletesTheReset()
    {
        await using var cut = await CutReset.SetUpAsync();
        using var earlier = new EarlierGateway();
        earlier.WithDevices(false, "elder");
        await cut.AtEveryStepAsync(async (home, step) =>
        {
            var plan = await CutReset.PlanAsync(home);
            if (!CutReset.IsUnderWay(home))
            {
                Assert.Equal((step, true), (step, plan.IsHealthy));
                return;
            }

            Assert.Equal((step, 10, false, "netclaw up"), (step, plan.Row, plan.Repairable, Assert.Single(plan.WayOut)));
            Assert.Empty(plan.Writes);
            var before = Files(home.Home);
            foreach (var verb in (string[][])[["recover-repair"], ["import-apply", "--from", earlier.Folder], ["import-plan", "--from", earlier.Folder]])
            {
                var refused = (await home.OfflineAsync(verb)).Error;
                Assert.Equal((step, verb[0], "repair_not_safe", "netclaw up"), (step, verb[0], refused.Code, refused.Remedy));
            }

            Assert.Equal(before, Files(home.Home));
            if (step % 2 == 1)
            {
                File.Delete(home.Home.HostKey);
            }

            await home.StartAsync();
            await home.ServesHostKeyAsync();
            Assert.Equal((step, RefusalCode.PairingRequired), (step, await cut.Phone.RefusalAsync(home.Host)));
            Assert.Equal((step, RefusalCode.DeviceRevoked), (step, await cut.Lost.RefusalAsync(home.Host)));
            Assert.False(CutReset.IsUnderWay(home), $"step {step}");
        });
    }

    /// <summary>Another one in the same second, or after the clock was set back.</summary>
    [Fact]
    public async Task ANameThatIsTaken_IsLeftToWhatHasIt()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        var now = DateTimeOffset.UtcNow;
        var taken = Enumerable.Range(0, 600).SelectMany(second => ((string[])[home.Home.JournalDatabase, home.Home.HostKey, home.Home.GatewayMark])
            .Select(path => $"{path}.{DatedName.Stamp(now.AddSeconds(second))}")).ToArray();
        Array.ForEach(taken, path => File.WriteAllText(path, "kept"));

        for (var time = 0; time < 2; time++)
        {
            var reset = (await home.OfflineAsync("recover-reset", "--confirm", await CutReset.PhraseAsync(home))).Read(ProtocolJson.Default.RecoveryRepairResult);
            Assert.Equal(2 + time, reset.Epoch);
        }

        Assert.All(taken, path => Assert.Equal("kept", File.ReadAllText(path)));
        await home.StartAsync();
        await home.ServesHostKeyAsync();
    }

    /// <summary>Somebody has put a copy back under the old name meanwhile, or something else took the dated one.</summary>
    [Fact]
    public async Task AnOrderWhoseNamesAreTaken_GoesOn()
    {
        await using var cut = await CutReset.SetUpAsync();
        await using var home = await HalfMovedAsync(cut);
        var dated = Assert.Single(Directory.GetFiles(home.Home.StateDirectory, "netclaw.db.????????-??????"));
        File.Copy(dated, home.Home.JournalDatabase);
        var before = Files(home.Home);

        await home.StartAsync();

        await home.ServesHostKeyAsync();
        Assert.False(CutReset.IsUnderWay(home));
        Assert.Equal(RefusalCode.PairingRequired, await cut.Phone.RefusalAsync(home.Host));
        Assert.Subset(Files(home.Home), before);
    }

    /// <summary>The journal has its dated name, and the order does not say so yet.</summary>
    private static async Task<BrokenHome> HalfMovedAsync(CutReset cut)
    {
        for (var step = 1; ; step++)
        {
            var home = await cut.Template.CopyAsync();
            Assert.True(await CutReset.CutAsync(home, step, "recover-reset", "--confirm", await CutReset.PhraseAsync(home)), "the journal was never moved");
            if (CutReset.IsUnderWay(home) && !File.Exists(home.Home.JournalDatabase))
            {
                return home;
            }

            await home.DisposeAsync();
        }
    }

    /// <summary>What every file of value holds, whatever it is called.</summary>
    private static HashSet<string> Files(NetclawHome home) => [.. ((string[])[home.KeysDirectory, home.StateDirectory]).SelectMany(Directory.GetFiles)
        .Where(file => file != home.ResetOrder && !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal))
        .Select(file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))))];
}
