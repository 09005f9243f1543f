using System.Net;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>The same over ::1: the kernel knows the proxy's user there as well.</summary>
public sealed class SameHostIPv6Tests
{
    [OverIPv6Fact]
    public async Task UserOfTheProxy_IsLetIn_AnotherProcessThatNamesOne_IsNot()
    {
        var address = FreeEndPoint.OnLoopback().Address;
        await using var gateway = new Machine();
        await File.WriteAllTextAsync(gateway.Home.ConfigFile, GatewayConfiguration.Render(GatewayConfiguration.SameHost, IPAddress.Loopback, address, content =>
        {
            content["listen"]!["address"] = "::1";
            content["exposure"]!["trustedProxies"] = new JsonArray(JsonValue.Create("::1"));
        }));
        await gateway.UpAsync(new IPEndPoint(IPAddress.IPv6Loopback, 0));

        foreach (var file in ReadyMade.All.Where(file => file.AsksForUser))
        {
            await using var proxy = await Proxy.StartAsync(file, gateway.EndPoint, null, () => FreeEndPoint.On(address));
            await using var hub = await SameHostGateway.OpenAsync(proxy, "X-Forwarded-User: mallory");
            var welcome = await hub.ConnectAsync();
            Assert.Equal(("ok", "trusted-proxy"), (welcome.Code, welcome.Method));
        }

        await using var past = await RawHub.OpenAsync(
            await RawConnection.OpenAsync(gateway.EndPoint), $"X-Forwarded-User: {TestUser.Name}", "X-Forwarded-Proto: https", "X-Forwarded-For: 2001:db8::20");
        Assert.Equal("trusted_proxy_uid_not_allowed", (await past.ConnectAsync()).Code);
    }

    [AttributeUsage(AttributeTargets.Method)]
    private sealed class OverIPv6FactAttribute : FactAttribute
    {
        public OverIPv6FactAttribute() => Skip = ProxyProgram.Missing()
            ?? (!Environment.IsPrivilegedProcess ? "needs root to run the proxy as another user"
                : !File.Exists("/proc/net/if_inet6") || !File.ReadAllText("/proc/net/if_inet6").Contains(" lo", StringComparison.Ordinal) ? "needs ::1 on this machine" : null);
    }
}
