using System.Security.Cryptography;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>States that no repair in place is safe for: refused by name, with the way out, and nothing is changed.</summary>
public sealed class UnsafeStatesTests
{
    private static readonly Dictionary<string, (int Row, Action<NetclawHome> Break)> States = new()
    {
        ["journal gone"] = (7, home => Directory.GetFiles(home.StateDirectory).ToList().ForEach(File.Delete)),
        ["journal empty"] = (7, home =>
        {
            Directory.GetFiles(home.StateDirectory).ToList().ForEach(File.Delete);
            File.WriteAllText(home.JournalDatabase, "");
        }),
        ["journal is no database"] = (8, home => File.WriteAllText(home.JournalDatabase, new string('x', 9000))),
        ["host key open to others"] = (8, home => File.SetUnixFileMode(home.HostKey, UnixFileMode.UserRead | UnixFileMode.OtherRead)),
        ["host key is no key"] = (8, home => File.WriteAllText(home.HostKey, "not a key")),
        ["mark is no mark"] = (8, home => File.WriteAllText(home.GatewayMark, "{}")),
        ["mark gone"] = (8, home => File.Delete(home.GatewayMark)),
        ["gateway key gone"] = (8, home => File.Delete(home.GatewayKey)),
        ["gateway key of another"] = (8, home =>
        {
            File.Delete(home.GatewayKey);
            KeyFile.Create(home.GatewayKey).Dispose();
        }),
        ["journal key of another"] = (8, home => File.WriteAllText(home.JournalKey, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n")),
    };

    public static TheoryData<string> Names => [.. States.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Refuses_AndChangesNothing_HoweverTheGatewayIsReached(string state)
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        var (row, damage) = States[state];
        damage(home.Home);
        var before = Files(home.Home);
        foreach (var exposure in Exposure.All)
        {
            await File.WriteAllTextAsync(home.Home.ConfigFile, exposure.Config());

            var plan = (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult);
            var refused = await home.OfflineAsync("recover-repair");

            Assert.Equal((exposure.Name, row, false), (exposure.Name, plan.Row, plan.Repairable));
            Assert.Empty(plan.Writes);
            Assert.Equal("repair_not_safe", refused.Error.Code);
            Assert.Equal(plan.WayOut[0], refused.Error.Remedy);
            Assert.Equal(before, Files(home.Home));
        }
    }

    [Fact]
    public async Task Names_TheGentleWay_WhereTheHostKeyAloneIsDamaged()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true);
        await File.WriteAllTextAsync(home.Home.HostKey, "not a key");

        var way = Assert.Single((await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).WayOut);
        Assert.Equal($"mv '{home.Home.HostKey}' '{home.Home.HostKey}.unusable'", way);
        File.Move(home.Home.HostKey, home.Home.HostKey + ".unusable");
        _ = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    [Fact]
    public async Task Sees_AJournalThatWentBack()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: false, completed: false);
        var older = (await File.ReadAllBytesAsync(home.Home.JournalDatabase), await File.ReadAllBytesAsync(home.Home.SnapshotDatabase));
        await home.StartAsync();
        using var phone = new TestDevice("phone");
        await phone.PairAsync(home.Host);
        await home.Host.StopAsync();
        Directory.GetFiles(home.Home.StateDirectory).ToList().ForEach(File.Delete);
        await File.WriteAllBytesAsync(home.Home.JournalDatabase, older.Item1);
        await File.WriteAllBytesAsync(home.Home.SnapshotDatabase, older.Item2);

        var plan = (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult);

        Assert.Equal((7, false), (plan.Row, plan.Repairable));
        Assert.Contains("netclaw recover local-access --full-reset", plan.WayOut);
    }

    /// <summary>Its registry is read and its keys are loaded; what is on the disk is another matter, and so is a journal that takes no more writes.</summary>
    [Theory]
    [MemberData(nameof(BrokenHome.Exposures), MemberType = typeof(BrokenHome))]
    public async Task Refuses_AndChangesNothing_UnderADaemonThatServes(string exposure)
    {
        await using var home = await BrokenHome.SetUpAsync(paired: true, completed: true, exposure);
        await home.StartAsync();
        await using var owner = await home.Host.OperatorAsync();
        var key = await File.ReadAllTextAsync(home.Home.HostKey);
        foreach (var state in States.Keys.Where(state => state.StartsWith("host key", StringComparison.Ordinal)))
        {
            States[state].Break(home.Home);
            await RefusesOnlineAsync(home, owner, state, $"mv '{home.Home.HostKey}' '{home.Home.HostKey}.unusable'");
            File.SetUnixFileMode(home.Home.HostKey, UnixFileMode.UserRead | UnixFileMode.UserWrite);
            await File.WriteAllTextAsync(home.Home.HostKey, key);
        }

        _ = home.Host.Service<JournalHealth>().Report(new JournalFailure(JournalFailureKind.WriteFailed, DeviceRegistryActor.Id, 99, "the disk is full", DateTimeOffset.UnixEpoch));
        File.Delete(home.Home.HostKey);
        await RefusesOnlineAsync(home, owner, "journal failed", "netclaw down && netclaw up");
        Assert.False(File.Exists(home.Home.HostKey));
    }

    private static async Task RefusesOnlineAsync(BrokenHome home, GatewayConnection owner, string state, string way)
    {
        var (files, registry) = (OfADaemon(), home.Host.Service<RegistryView>().Current!);
        var plan = await owner.CallAsync(RecoveryPlanResult.Method, ProtocolJson.Default.RecoveryPlanResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        Assert.True(plan is { Row: 8, Repairable: false, Writes.IsEmpty: true }, $"{state}: {plan}");

        var refused = await Assert.ThrowsAsync<GatewayException>(
            () => owner.CallAsync(RecoveryRepairResult.Method, ProtocolJson.Default.RecoveryRepairResult, CancellationToken.None).WaitAsync(GatewayHost.Bound));

        // What is no plain command of netclaw is not taken from the wire; the doctor, which is, finds the same way out.
        Assert.Equal((state, RefusalCode.RepairNotSafe, "netclaw doctor"), (state, refused.Code, refused.Error.Remedy));
        Assert.Equal((state, way), (state, Assert.Single(plan.WayOut)));
        Assert.Equal(files, OfADaemon());
        var after = home.Host.Service<RegistryView>().Current!;
        Assert.Equal((registry.Sequence, registry.Host), (after.Sequence, after.Host));

        // The mark is the daemon's own: it follows the journal's head when it can.
        string[] OfADaemon() => [.. Files(home.Home).Split('\n').Where(file => !file.StartsWith(home.Home.GatewayMark, StringComparison.Ordinal))];
    }

    /// <summary>Every file of value, by its content.</summary>
    private static string Files(NetclawHome home) => string.Join('\n', ((string[])[home.KeysDirectory, home.StateDirectory]).SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal)
        .Where(file => !file.EndsWith("-wal", StringComparison.Ordinal) && !file.EndsWith("-shm", StringComparison.Ordinal))
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));
}
