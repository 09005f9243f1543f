using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Backups;

/// <summary>A gateway with two devices, of which an archive was made while it served.</summary>
internal sealed class SavedHome : IAsyncDisposable
{
    private SavedHome(GatewayHost host) => Host = host;

    public GatewayHost Host { get; private set; }

    public TestDevice Phone { get; } = new("phone");

    public TestDevice Tablet { get; } = new("tablet");

    public string Archive => Path.Combine(Host.Home.BackupsDirectory, "saved.ncb");

    public static async Task<SavedHome> MakeAsync()
    {
        var home = new SavedHome(await GatewayHost.StartAsync());
        await home.Phone.PairAsync(home.Host);
        await home.Tablet.PairAsync(home.Host);
        PrivateDirectory.Ensure(home.Host.Home.BackupsDirectory);
        var made = await OfflineAsync(home.Host.Home, "backup-create", "--to", home.Archive);
        Assert.True(made.ExitCode == ExitCodes.Ok && made.Errors.Length == 0, made.Errors);
        return home;
    }

    public static async Task<OfflineSaid> OfflineAsync(NetclawHome home, params string[] arguments)
    {
        using var output = new MemoryStream();
        var errors = "";
        var code = await OfflineHost.RunAsync(
            [.. arguments, "--home", home.Root, "--json"], _ => null, new FixedMachine().Facts, Stream.Null, output, said => errors += said, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        return new OfflineSaid(code, System.Text.Encoding.UTF8.GetString(output.ToArray()), errors);
    }

    public async Task RevokeAsync(TestDevice device)
    {
        await using var owner = await Host.OperatorAsync();
        _ = await owner.CallAsync(
            PairRemoveParams.Method, new PairRemoveParams(device.Id), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);
    }

    public Task<OfflineSaid> RestoreAsync() => OfflineAsync(Host.Home, "backup-restore", "--file", Archive);

    /// <summary>Stops the gateway, restores and serves again.</summary>
    public async Task<Netclaw.Daemon.Backups.Restored> RestoreAndStartAsync()
    {
        await Host.StopAsync();
        var restored = (await RestoreAsync()).Read(OfflineJson.Readable.Restored);
        await StartAsync();
        return restored;
    }

    public async Task StartAsync() => Host = await Host.RestartAsync();

    public async Task AcceptsAsync(TestDevice device) => await (await device.ConnectAsync(Host)).DisposeAsync();

    public async Task RefusesAsync(TestDevice device, RefusalCode code) => Assert.Equal(code, (await Assert.ThrowsAsync<GatewayException>(() => device.ConnectAsync(Host))).Code);

    public async ValueTask DisposeAsync()
    {
        await Host.DisposeAsync();
        Phone.Dispose();
        Tablet.Dispose();
    }
}
