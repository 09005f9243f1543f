using System.Net;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Http;
using Netclaw.Daemon.Lifetime;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Lifetime;

/// <summary>The url that pairing instructions name, or what is missing, in every exposure mode.</summary>
public sealed class DaemonFactsTests
{
    [Theory]
    [InlineData("{}", "127.0.0.1:5199", "http://127.0.0.1:5199/", "which only this machine reaches; set exposure.externalUrl")]
    [InlineData("""{"exposure":{"externalUrl":"https://gw.example.org/claw"}}""", "127.0.0.1:5199", "https://gw.example.org/claw", null)]
    [InlineData("""{"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7"]}}""", "10.0.0.5:5199", "http://10.0.0.5:5199/", "come through the proxy, whose address the gateway cannot know; set exposure.externalUrl")]
    [InlineData("""{"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7"]}}""", "0.0.0.0:5199", null, "set exposure.externalUrl to the proxy's url")]
    [InlineData("""{"exposure":{"mode":"tailscale-funnel","skipTunnelProcessCheck":true}}""", "[::1]:5199", "http://[::1]:5199/", "come through the tunnel, whose name the gateway cannot know; set exposure.externalUrl")]
    public void NamesWhereOtherDevicesGo(string json, string bound, string? url, string? problem)
    {
        using var temporary = new TemporaryHome();
        temporary.WriteConfig(json);
        var options = ConfigFile.Load(temporary.Home, null, new StartProblems(), new FixedMachine().Facts);
        var addresses = new BoundAddresses(new EvidenceRules { Trust = TrustOptionsFactory.Create(options, 1000, new FixedMachine()) });
        addresses.Set([IPEndPoint.Parse(bound)]);
        var place = new DaemonFacts(temporary.Home, null, options, addresses, new Readiness(new RegistryView(), new JournalHealth()), DateTimeOffset.UnixEpoch, StartNotices.None).ForOtherDevices;

        Assert.Equal(url, place.Url?.ToString());
        if (problem is null)
        {
            Assert.Null(place.Problem);
        }
        else
        {
            Assert.Contains(problem, place.Problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task PairingInstructions_NameTheExternalUrl()
    {
        await using var host = await GatewayHost.StartAsync("""{"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true,"externalUrl":"https://gw.example.org"}}""");

        Assert.Equal(new EndpointName(new Uri("https://gw.example.org/"), null), host.Service<IEndpointNames>().ForOtherDevices);
    }
}
