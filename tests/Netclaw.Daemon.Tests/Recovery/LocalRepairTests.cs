using Netclaw.Actors.Devices;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Recovery;

/// <summary>Every state that a repair in place is safe for, in every exposure mode, offline and online: repaired, and then used.</summary>
public sealed class LocalRepairTests
{
    public static TheoryData<string, string> States => BrokenHome.EveryStateInEveryMode;

    [Theory]
    [MemberData(nameof(States))]
    public async Task Repairs_Offline_AndEverybodyGetsIn(string state, string exposure)
    {
        await using var home = await BrokenHome.InStateAsync(state, exposure, online: false);
        var before = await home.WithRegistryAsync((registry, _) => Task.FromResult((Others: BrokenHome.Others(registry.Snapshot), registry.Snapshot.Host, Hosts: HostIds(registry.Snapshot))));
        var key = File.Exists(home.Home.HostKey) ? await File.ReadAllTextAsync(home.Home.HostKey) : null;

        var plan = (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult);
        Assert.Equal((BrokenHome.RowOf(state, exposure, online: false), true), (plan.Row, plan.Repairable));
        var repaired = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

        Assert.Equal(before.Host, repaired.Former);
        Assert.DoesNotContain(repaired.Host, before.Hosts);
        Assert.Equal((plan.DevicesOf, plan.DevicesOf), (repaired.DevicesKept, repaired.DevicesOf));
        Assert.Equal(home.Phone is null ? 0 : 1, repaired.DevicesKept);
        if (key is not null)
        {
            Assert.Equal(key, await File.ReadAllTextAsync(Assert.Single(repaired.SetAside)));
        }

        var after = await home.WithRegistryAsync((registry, _) => Task.FromResult((Others: BrokenHome.Others(registry.Snapshot), registry.Snapshot.Devices)));
        Assert.Equal(before.Others, after.Others);
        Assert.All(before.Hosts, former => Assert.True(after.Devices[former].IsRevoked));
        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    [Theory]
    [MemberData(nameof(States))]
    public async Task Repairs_Online_AndEverybodyGetsIn(string state, string exposure)
    {
        await using var home = await BrokenHome.InStateAsync(state, exposure, online: true);
        var before = BrokenHome.Others(home.Host.Service<RegistryView>().Current!);
        await using var owner = await home.Host.OperatorAsync();

        var plan = await CallAsync(owner, RecoveryPlanResult.Method, ProtocolJson.Default.RecoveryPlanResult);
        Assert.Equal((BrokenHome.RowOf(state, exposure, online: true), true), (plan.Row, plan.Repairable));
        var repaired = await CallAsync(owner, RecoveryRepairResult.Method, ProtocolJson.Default.RecoveryRepairResult);

        Assert.Equal(home.Phone is null ? 0 : 1, repaired.DevicesKept);
        Assert.Equal(before, BrokenHome.Others(home.Host.Service<RegistryView>().Current!));
        await home.ServesEverybodyAsync();
        Assert.True((await CallAsync(owner, RecoveryPlanResult.Method, ProtocolJson.Default.RecoveryPlanResult)).IsHealthy);
        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    [Theory]
    [MemberData(nameof(BrokenHome.Exposures), MemberType = typeof(BrokenHome))]
    public async Task Enrols_TheHost_OfAFreshHome(string exposure)
    {
        await using var home = await FreshAsync(exposure);

        Assert.Equal(1, (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).Row);
        Assert.False(File.Exists(home.Home.HostKey));
        var repaired = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

        Assert.Null(repaired.Former);
        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    /// <summary>A file without a byte is no journal, to the plan and to what carries it out.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AnEmptyDatabaseWithoutAMark_IsAFreshHome(bool withKey)
    {
        await using var home = await FreshAsync("local");
        Assert.True(HomeDirectories.Prepare(home.Home, new StartProblems()));
        await File.WriteAllTextAsync(home.Home.JournalDatabase, "");
        if (withKey)
        {
            KeyFile.Create(home.Home.HostKey).Dispose();
        }

        Assert.Equal(withKey ? 2 : 1, (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).Row);
        _ = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    [Theory]
    [MemberData(nameof(BrokenHome.Exposures), MemberType = typeof(BrokenHome))]
    public async Task Sets_ALeftOverKeyAside_AndEnrolsANewOne(string exposure)
    {
        await using var home = await FreshAsync(exposure);
        Assert.True(HomeDirectories.Prepare(home.Home, new StartProblems()));
        using var left = KeyFile.Create(home.Home.HostKey);
        var pem = await File.ReadAllTextAsync(home.Home.HostKey);

        Assert.Equal(2, (await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).Row);
        var repaired = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

        Assert.NotEqual(left.Public.DeviceId, repaired.Host);
        Assert.Equal(pem, await File.ReadAllTextAsync(Assert.Single(repaired.SetAside)));
        await home.StartAsync();
        await home.ServesEverybodyAsync();
    }

    [Fact]
    public async Task Does_NothingTwice()
    {
        await using var home = await BrokenHome.InStateAsync("others-paired", "local", online: false);
        var first = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);
        var sequence = await home.WithRegistryAsync((registry, _) => Task.FromResult(registry.Snapshot.Sequence));

        Assert.True((await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).IsHealthy);
        var second = (await home.OfflineAsync("recover-repair")).Read(ProtocolJson.Default.RecoveryRepairResult);

        Assert.Equal((5, first.Host, null), (second.Row, second.Host, second.Former));
        Assert.Empty(second.SetAside);
        Assert.Equal(sequence, await home.WithRegistryAsync((registry, _) => Task.FromResult(registry.Snapshot.Sequence)));
    }

    [Fact]
    public async Task Closes_WhatTheFormerHostHadOpened_AndLetsItInNoMore()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: false, completed: true);
        await home.StartAsync();
        using var former = new TestDevice("host") { Key = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(home.Home.HostKey)).Key };
        await using var open = await former.ConnectAsync(home.Host);
        File.Delete(home.Home.HostKey);
        await using var owner = await home.Host.OperatorAsync();

        var repaired = await CallAsync(owner, RecoveryRepairResult.Method, ProtocolJson.Default.RecoveryRepairResult);

        Assert.Equal((former.Id, 1), (repaired.Former, repaired.ConnectionsClosed));
        Assert.Equal("device_revoked", (await open.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
        Assert.Equal(RefusalCode.DeviceRevoked, (await Assert.ThrowsAsync<GatewayException>(() => former.ConnectAsync(home.Host))).Code);
        await home.ServesHostKeyAsync();
    }

    [Fact]
    public async Task Serves_OperatorsOfThisMachineAlone()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: false, completed: false);
        await home.StartAsync();
        using var host = new TestDevice("host") { Key = Assert.IsType<KeyFileResult.Loaded>(KeyFile.Load(home.Home.HostKey)).Key };
        await using var admin = await host.ConnectAsync(home.Host);

        foreach (var method in (string[])[RecoveryPlanResult.Method, RecoveryRepairResult.Method])
        {
            var refused = await Assert.ThrowsAsync<GatewayException>(() => admin.CallAsync(method, ProtocolJson.Default.RecoveryPlanResult, CancellationToken.None).WaitAsync(GatewayHost.Bound));
            Assert.Equal((RefusalCode.RecoveryNotLocal, "netclaw recover local-access"), (refused.Code, refused.Error.Remedy));
        }
    }

    [Fact]
    public async Task Never_WorksBesideADaemon()
    {
        await using var home = await BrokenHome.SetUpAsync(paired: false, completed: false);
        await home.StartAsync();

        Assert.Equal("lock_held", (await home.OfflineAsync("recover-repair")).Error.Code);
        Assert.True((await home.OfflineAsync("recover-plan")).Read(ProtocolJson.Default.RecoveryPlanResult).IsHealthy);
    }

    private static async Task<BrokenHome> FreshAsync(string exposure)
    {
        var home = await BrokenHome.SetUpAsync(paired: false, completed: false, exposure);
        foreach (var directory in (string[])[home.Home.KeysDirectory, home.Home.StateDirectory])
        {
            Directory.Delete(directory, recursive: true);
        }

        return home;
    }

    private static IReadOnlyList<DeviceId> HostIds(RegistrySnapshot registry) => [.. registry.Devices.Values.Where(device => device.Kind == DeviceKind.Host).Select(device => device.Id)];

    private static Task<T> CallAsync<T>(GatewayConnection connection, string method, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape) =>
        connection.CallAsync(method, shape, CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
