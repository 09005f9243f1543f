using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>Behind a tunnel loopback is the Internet. The agents are stand-ins (<see cref="StandInAgent"/>), the gateways are real.</summary>
public sealed class StandInTunnelTests(TunnelGateways gateways) : IClassFixture<TunnelGateways>
{
    private const string Forged = "203.0.113.66";

    public static TheoryData<string> Tunnels => [.. TunnelShape.All.Select(shape => shape.Exposure)];

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task Device_PairsAndWorksThroughTheTunnel(string exposure)
    {
        await using var device = new Machine();
        var url = $"http://{gateways.Agent(exposure).EndPoint}";

        (await device.RunAsync(await gateways.Machine(exposure).CodeAsync() + "\n", ["pair", url, "--code-stdin", "--json"])).Expect(ExitCodes.Ok);

        Assert.Equal("device-key", (await device.JsonAsync("status")).GetProperty("you").GetProperty("method").GetString());
    }

    /// <summary>Every other word of the client about itself is just that.</summary>
    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task Client_IsWhomTheTunnelNames(string exposure)
    {
        await using var hub = await OpenAsync(exposure,
            $"X-Forwarded-For: {Forged}", $"Cf-Connecting-Ip: {Forged}", $"X-Real-IP: {Forged}", $"Forwarded: for={Forged}", "Tailscale-User-Login: mallory@example.org");

        var row = await hub.OwnRowAsync(await hub.ConnectAsync(gateways.Token(exposure)));

        Assert.Equal(TunnelShape.All.Single(shape => shape.Exposure == exposure).Client, row.GetProperty("remoteAddress").GetString());
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task SharedToken_FromLoopback_IsStillRemote(string exposure)
    {
        await using var through = await OpenAsync(exposure);
        await using var past = await RawHub.OpenAsync(await RawConnection.OpenAsync(gateways.Machine(exposure).EndPoint));

        Assert.Equal(["operator.read"], (await through.ConnectAsync(gateways.Token(exposure))).Scopes);
        Assert.Equal(["operator.read"], (await past.ConnectAsync(gateways.Token(exposure))).Scopes);
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task WhatTheTunnelSaysOfAUser_LetsNobodyIn(string exposure)
    {
        await using var through = await OpenAsync(exposure);
        await using var past = await RawHub.OpenAsync(
            await RawConnection.OpenAsync(gateways.Machine(exposure).EndPoint), "Tailscale-User-Login: alice@example.org", "Cf-Access-Authenticated-User-Email: alice@example.org");

        Assert.Equal("unauthorized", (await through.ConnectAsync()).Code);
        Assert.Equal("unauthorized", (await past.ConnectAsync()).Code);
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task NodeWithoutAKey_IsRefused_AlsoFromThisMachine(string exposure)
    {
        await using var through = await OpenAsync(exposure);
        await using var past = await RawHub.OpenAsync(await RawConnection.OpenAsync(gateways.Machine(exposure).EndPoint));

        Assert.Equal("device_identity_required", (await through.ConnectAsync(gateways.Token(exposure), role: "node")).Code);
        Assert.Equal("device_identity_required", (await past.ConnectAsync(gateways.Token(exposure), role: "node")).Code);
    }

    /// <summary>Nothing is behind a loopback name that the Internet could not ask for.</summary>
    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task LoopbackName_IsNoNameOfTheGateway(string exposure)
    {
        await using var hub = await RawHub.OpenAsync(await RawConnection.OpenAsync(gateways.Agent(exposure).EndPoint, host: "localhost"));

        Assert.Equal("host_not_allowed", (await hub.ConnectAsync(gateways.Token(exposure))).Code);
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task Doctor_FindsNothingWrongWithTheTunnel(string exposure)
    {
        var report = (await gateways.Machine(exposure).RunAsync("doctor", "proxy", "--json")).Expect(ExitCodes.Ok).Json();

        Assert.True(report.GetProperty("healthy").GetBoolean());
        Assert.Equal(TunnelShape.All.Single(shape => shape.Exposure == exposure).Client, report.GetProperty("arrived").GetProperty("client").GetString());
    }

    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task Doctor_TellsTheTunnelFromTheGatewayItself(string exposure)
    {
        var url = $"http://{gateways.Machine(exposure).EndPoint}";

        var report = (await gateways.Machine(exposure).RunAsync("doctor", "proxy", "--url", url, "--json")).Expect(ExitCodes.Warned).Json();

        Assert.Equal("bytes_only", report.GetProperty("findings")[0].GetProperty("id").GetString());
    }

    /// <summary>Nobody who comes by the tunnel can stand in for the operator: that is the control socket, which works as ever.</summary>
    [Theory]
    [MemberData(nameof(Tunnels))]
    public async Task Operator_IsOnTheControlSocket(string exposure) =>
        Assert.Equal("control-socket", (await gateways.Machine(exposure).JsonAsync("status")).GetProperty("you").GetProperty("method").GetString());

    private async Task<RawHub> OpenAsync(string exposure, params string[] lines) => await RawHub.OpenAsync(await RawConnection.OpenAsync(gateways.Agent(exposure).EndPoint), lines);
}
