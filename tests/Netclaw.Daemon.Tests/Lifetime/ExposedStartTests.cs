using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Lifetime;

/// <summary>What a start leaves behind that is not local, and what it says.</summary>
public sealed class ExposedStartTests
{
    private const string Tunnel = """{"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true}}""";

    [Fact]
    public async Task CompletesTheBootstrap_OnTheFirstStartThatIsNotLocal()
    {
        var host = await GatewayHost.StartAsync();
        Assert.Equal(BootstrapPhase.Seeded, host.Service<RegistryView>().Current!.Bootstrap);
        await host.StopAsync();

        File.WriteAllText(host.Home.ConfigFile, Tunnel);
        var exposed = await host.RestartAsync();
        Assert.Equal(BootstrapPhase.Completed, exposed.Service<RegistryView>().Current!.Bootstrap);
        await exposed.StopAsync();

        File.Delete(exposed.Home.ConfigFile);
        await using var local = await exposed.RestartAsync();
        Assert.Equal(BootstrapPhase.Completed, local.Service<RegistryView>().Current!.Bootstrap);
    }

    [Fact]
    public async Task ServesTheOwnerOnTheControlSocket_WithoutAnyPairedDevice()
    {
        await using var host = await GatewayHost.StartAsync(Tunnel);
        await using var owner = await host.OperatorAsync();

        Assert.Equal(ExposureMode.CloudflareTunnel, host.Service<TrustOptions>().Exposure);
        Assert.DoesNotContain(host.Service<RegistryView>().Current!.Devices.Values, device => device.Kind != DeviceKind.Host);
    }

    [Fact]
    public async Task SaysEveryWarningAndOptIn_InItsLog()
    {
        await using var host = await GatewayHost.StartAsync("""{"auth":{"mode":"none"},"exposure":{"origins":["https://app.example.org"]}}""");

        Assert.Equal(["auth_none"], host.Service<StartWarnings>().All.Select(warning => warning.Id));
        Assert.Equal(["exposure.origins", "auth.mode"], host.Service<StartWarnings>().OptIns.Select(optIn => optIn.Key));
        await host.StopAsync();
        var log = await File.ReadAllTextAsync(host.Home.DaemonLog);
        Assert.Contains("auth_none: auth.mode:", log, StringComparison.Ordinal);
        Assert.Contains("exposure.origins = https://app.example.org is in force", log, StringComparison.Ordinal);
        Assert.Contains("2200", log, StringComparison.Ordinal);
    }
}
