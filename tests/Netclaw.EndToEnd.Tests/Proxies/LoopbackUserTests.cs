using System.Net;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>
/// <c>loopbackUser</c> lets a process of the daemon's own user in without a header. A proxy on the same machine that adds no headers looks like one but
/// for its user: the kernel's word is what keeps the Internet out.
/// </summary>
public sealed class LoopbackUserTests : IAsyncLifetime
{
    private readonly IPAddress _address = FreeEndPoint.OnLoopback().Address;
    private readonly Machine _gateway = new();

    [BehindProxyAsRootFact]
    public async Task ProcessOfTheDaemonsUser_IsIt_WhoeverAProxyIs()
    {
        await using var direct = await RawHub.OpenAsync(await RawConnection.OpenAsync(_gateway.EndPoint));
        await using var claiming = await RawHub.OpenAsync(await RawConnection.OpenAsync(_gateway.EndPoint), "X-Forwarded-User: alice", "X-Forwarded-Proto: https");

        var welcome = await direct.ConnectAsync();
        Assert.Equal("ok", welcome.Code);
        Assert.Equal(["operator.read", "operator.write"], welcome.Scopes.Order());
        Assert.Equal("trusted_proxy_uid_not_allowed", (await claiming.ConnectAsync()).Code);
    }

    [BehindProxyAsRootFact]
    public async Task ForwarderOfBytes_IsNotIt_WhateverTheClientAsksFor()
    {
        await using var proxy = await StartAsync(ReadyMade.HaProxyTcp);
        var plain = await RawConnection.OpenAsync(proxy);
        await using var silent = await RawHub.OpenAsync(plain.Renamed(_gateway.EndPoint.ToString()));

        Assert.Equal("trusted_proxy_missing_header_x-forwarded-proto", (await silent.ConnectAsync()).Code);
    }

    [BehindProxyAsRootFact]
    public async Task ProxyThatAddsNothing_IsNotIt_AndTheDoctorCallsItAnError()
    {
        await using var proxy = await StartAsync(ReadyMade.Nginx, text =>
            Wrong.Without("proxy_set_header Host")(Wrong.Instead("$scheme", "\"\"")(Wrong.Instead("$remote_addr", "\"\"")(text))));
        await using var silent = await RawHub.OpenAsync(await RawConnection.OpenAsync(proxy));

        Assert.Equal("trusted_proxy_missing_header_x-forwarded-proto", (await silent.ConnectAsync()).Code);
        var findings = (await SameHostGateway.DoctorAsync(_gateway, proxy)).Expect(ExitCodes.Failed).Json().GetProperty("findings").EnumerateArray();
        Assert.Equal("error", findings.Single(finding => finding.GetProperty("id").GetString() == "forwarding_missing").GetProperty("severity").GetString());
    }

    public async Task InitializeAsync()
    {
        await File.WriteAllTextAsync(_gateway.Home.ConfigFile, GatewayConfiguration.Render(GatewayConfiguration.SameHost, IPAddress.Loopback, _address, content =>
        {
            var proxy = content["auth"]!["trustedProxy"]!.AsObject();
            proxy["loopbackUser"] = "internal";
            proxy["allowUsers"]!.AsArray().Add(JsonValue.Create("internal"));
        }));
        await _gateway.UpAsync();
    }

    public async Task DisposeAsync() => await _gateway.DisposeAsync();

    private Task<Proxy> StartAsync(ReadyMade file, Func<string, string>? change = null) => Proxy.StartAsync(file, _gateway.EndPoint, change, () => FreeEndPoint.On(_address));
}
