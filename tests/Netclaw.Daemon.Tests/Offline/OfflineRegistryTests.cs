using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Offline;

public sealed class OfflineRegistryTests
{
    [Fact]
    public async Task Sees_WhatTheDaemonAcknowledged_AndTheDaemonSeesWhatItWrote()
    {
        var first = await GatewayHost.StartAsync();
        var home = first.Home;
        using var key = SigningKey.Generate();
        await first.StopAsync();
        using var keys = Open(home);

        await using (var offline = await OpenAsync(home, keys))
        {
            Assert.Contains(offline!.Snapshot.Devices.Values, device => device.Kind == DeviceKind.Host && device.Id == keys.Host!.Public.DeviceId);
            var paired = await offline.AskAsync(new RegistryCommand.PairSilently(
                1, offline.Now, key.Public, Role.Operator, ScopeSet.All, "laptop", null, SilentVia.Local, "test", "127.0.0.1")).WaitAsync(GatewayHost.Bound);
            Assert.IsNotType<RegistryReply.Refused>(paired);
        }

        await using var second = await first.RestartAsync();
        Assert.Equal("laptop", second.Service<RegistryView>().Current!.Devices[key.Public.DeviceId].Name);
    }

    [Fact]
    public async Task OpensNothing_WhereTheJournalIsNoDatabase()
    {
        await using var host = await GatewayHost.StartAsync();
        await host.StopAsync();
        using var keys = Open(host.Home);
        await File.WriteAllTextAsync(host.Home.JournalDatabase, "no database, but longer than the header of one");
        var problems = new StartProblems();

        Assert.Null(await OpenAsync(host.Home, keys, problems));

        Assert.Equal(RefusalCode.JournalUnreadable, Assert.Single(problems.Found).Code);
    }

    [Fact]
    public async Task OpensNothing_WithTheKeysOfAnotherJournal_AndNamesTheRecord()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var other = await GatewayHost.StartAsync();
        await host.StopAsync();
        await other.StopAsync();
        using var keys = Open(other.Home);
        var problems = new StartProblems();

        Assert.Null(await OpenAsync(host.Home, keys, problems));

        var problem = Assert.Single(problems.Found);
        Assert.Equal(RefusalCode.JournalUnreadable, problem.Code);
        Assert.Contains("device-registry, record 1", problem.Message);
    }

    private static Keyring Open(NetclawHome home)
    {
        var problems = new StartProblems();
        return new KeyringLoader(home, problems).Open("test") ?? throw new InvalidOperationException(StartReport.Render(problems, asJson: false));
    }

    private static async Task<OfflineRegistry?> OpenAsync(NetclawHome home, Keyring keys, StartProblems? problems = null) =>
        await OfflineRegistry.OpenAsync(home, new NetclawOptions(), keys, _ => null, problems ?? new StartProblems(), CancellationToken.None).WaitAsync(GatewayHost.Bound);
}
