using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>What the policy is told, when the bytes on the socket are exactly these.</summary>
public sealed class EvidenceOnTheWireTests : IAsyncLifetime
{
    private const string Config = """
        {"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.1"],"externalUrl":"https://gateway.example"},
         "auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-Forwarded-User","requiredHeaders":["X-Team"],"allowLoopback":true,"allowUsers":["alice"]}},
         "control":{"allowUsers":["64999"]}}
        """;

    private readonly ConcurrentQueue<ConnectionEvidence> _seen = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(Config, services => services.AddSingleton(new TrustPolicy(
        [new TrustCheck("see", See), .. TrustChecks.Control], [new TrustCheck("see", See), .. TrustChecks.Shared], [new TrustCheck("see", See), .. TrustChecks.Tcp])));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(HeaderState.One, "X-Forwarded-User: alice")]
    [InlineData(HeaderState.One, "x-forwarded-user:alice  ")]
    [InlineData(HeaderState.Blank, "X-Forwarded-User:")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice", "X-Forwarded-User: alice")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice", "X-FORWARDED-USER: mallory")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice,mallory")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice", "X_Forwarded_User: mallory")]
    [InlineData(HeaderState.Ambiguous, "X_Forwarded_User: mallory")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice", "Connection: X-Forwarded-User")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice", "Connection: keep-alive", "Connection: x-forwarded-user")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice", "CONNECTION:close,X-Forwarded-User")]
    [InlineData(HeaderState.Ambiguous, "X-Forwarded-User: alice", "Connection: Upgrade, x-forwarded-user", "Upgrade: websocket")]
    [InlineData(HeaderState.One, "X-Forwarded-User: alice", "X-Connection: x-forwarded-user", "Connections: x-forwarded-user", "Connection: Upgrade", "Upgrade: websocket")]
    public async Task TheUserHeader_IsReadAsItCame(HeaderState state, params string[] lines) =>
        Assert.Equal(state, (await AskAsync(_host.Address, ["Host: gateway.example", .. lines])).User.State);

    [Fact]
    public async Task Chains_KeepTheOrderOfTheirLines()
    {
        var seen = await AskAsync(_host.Address, "Host: gateway.example", "X-Forwarded-For: 6.6.6.6", "x-forwarded-for: 203.0.113.7, 10.0.0.1", "X-Forwarded-For: 127.0.0.1");
        Assert.Equal("203.0.113.7", seen.Client?.ToString());
        seen = await AskAsync(_host.Address, "Host: gateway.example", "Forwarded: for=6.6.6.6", "Forwarded: for=\"[2001:db8::7]:1\";proto=https, for=10.0.0.1");
        Assert.Equal("2001:db8::7", seen.Client?.ToString());
        seen = await AskAsync(_host.Address, "Host: gateway.example", "X_Forwarded_For: 203.0.113.7");
        Assert.Equal((null, true), (seen.Client?.ToString(), seen.Forwarded));
    }

    [Fact]
    public async Task TheKernelsWord_IsThereForEveryLoopbackConnection()
    {
        var seen = await AskAsync(_host.Address, "Host: gateway.example");
        Assert.Equal((UserId.Current, RemotePlace.Loopback, ProxyListing.NotListed, false), (seen.RemoteUserId, seen.Place, seen.Listing, seen.Forwarded));
        Assert.Equal("x-team", seen.MissingHeader);
    }

    [Theory]
    [InlineData("Host: gateway.example", "Host: gateway.example")]
    [InlineData("Host: gateway.example", "X-Forwarded-User: alice", " mallory")]
    [InlineData("Host: gateway.example", "X-Forwarded-User : alice")]
    [InlineData("Host: gateway.example", "X-Forwarded-User: al\0ice")]
    [InlineData("Host: gateway.example", "X-Forwarded-User: alice\nX-Team: a\rb")]
    [InlineData("X-Team: a")]
    public async Task AmbiguousRequests_AreRefusedBeforeAnybodyReadsThem(params string[] lines)
    {
        Assert.StartsWith("HTTP/1.1 400 ", await SendAsync(_host.Address, "/metrics", lines), StringComparison.Ordinal);
        Assert.Empty(_seen);
    }

    [Fact]
    public async Task TheRequestLine_CannotNameAnotherHost()
    {
        Assert.StartsWith("HTTP/1.1 400 ", await SendAsync(_host.Address, "http://evil.example/metrics", "Host: gateway.example"), StringComparison.Ordinal);
        Assert.False((await AskAsync(_host.Address, "Host: evil.example", "X-Forwarded-Host: gateway.example")).HostAllowed);
    }

    [Theory]
    [InlineData("Origin: https://gateway.example")]
    [InlineData("Origin: null")]
    [InlineData("Sec-Fetch-Site: same-site")]
    [InlineData("Forwarded: for=127.0.0.1")]
    [InlineData("Via: 1.1 bridge")]
    [InlineData("X_Real_IP: 127.0.0.1")]
    [InlineData("Connection: close, x-forwarded-for")]
    [InlineData("Host: gateway.example")]
    [InlineData("Host: 127.0.0.1.evil.example")]
    public async Task BridgedSockets_AreRefused(string line)
    {
        string[] lines = line.StartsWith("Host:", StringComparison.Ordinal) ? [line] : ["Host: localhost", line];
        foreach (var socket in (string[])[_host.Home.ControlSocket, _host.Service<Netclaw.Actors.Methods.IDaemonFacts>().SharedSocket!])
        {
            Assert.Contains("\ncontrol_socket_bridged: ", await SendAsync(new UnixDomainSocketEndPoint(socket), "/metrics", lines), StringComparison.Ordinal);
            Assert.StartsWith("HTTP/1.1 200 ", await SendAsync(new UnixDomainSocketEndPoint(socket), "/metrics", "Host: localhost"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task SocketsAreToldApart()
    {
        var control = await AskAsync(new UnixDomainSocketEndPoint(_host.Home.ControlSocket), "Host: localhost");
        var shared = await AskAsync(new UnixDomainSocketEndPoint(_host.Service<Netclaw.Actors.Methods.IDaemonFacts>().SharedSocket!), "Host: shared.sock");
        Assert.Equal((ListenerKind.Control, ListenerKind.Shared), (control.Listener, shared.Listener));
        Assert.Equal((UserId.Current, UserId.Current), (control.Peer!.UserId, shared.Peer!.UserId));
        Assert.Equal(("control/http", "shared/http"), (control.Transport, shared.Transport));
        Assert.True(control.HostAllowed && shared.HostAllowed);
    }

    [RootFact]
    public async Task AProxyOfAnotherUser_IsToldByTheKernel()
    {
        await using var host = await GatewayHost.StartAsync(Config.Replace("\"allowLoopback\":true", "\"allowLoopback\":true,\"proxyUids\":[64123]", StringComparison.Ordinal));
        string[] lines = ["Host: gateway.example", "X-Team: a", "X-Forwarded-User: alice"];

        Assert.Contains("\ntrusted_proxy_uid_not_allowed: ", await SendAsync(host.Address, "/metrics", lines), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await SendAsAsync("64123", host.Address, lines), StringComparison.Ordinal);
        Assert.Contains("\ntrusted_proxy_uid_not_allowed: ", await SendAsAsync("64124", host.Address, lines), StringComparison.Ordinal);
    }

    private AccessDecision? See(AccessQuestion asked)
    {
        _seen.Enqueue(asked.Evidence);
        return null;
    }

    private async Task<ConnectionEvidence> AskAsync(EndPoint endpoint, params string[] lines)
    {
        _seen.Clear();
        await SendAsync(endpoint, "/metrics", lines);
        return Assert.Single(_seen);
    }

    private static async Task<string> SendAsync(EndPoint endpoint, string target, params string[] lines)
    {
        using var socket = await PlainClient.ConnectAsync(endpoint);
        await socket.SendAsync(Encoding.UTF8.GetBytes(Request(target, lines))).WaitAsync(GatewayHost.Bound);
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync().WaitAsync(GatewayHost.Bound);
    }

    private static async Task<string> SendAsAsync(string user, IPEndPoint endpoint, string[] lines)
    {
        var start = new ProcessStartInfo("/usr/bin/setpriv",
            ["--reuid", user, "--regid", user, "--clear-groups", "/bin/bash", "-c", $"exec 3<>/dev/tcp/{endpoint.Address}/{endpoint.Port}; printf '%s' \"$REQUEST\" >&3; cat <&3"])
        {
            RedirectStandardOutput = true, Environment = { ["REQUEST"] = Request("/metrics", lines) },
        };
        using var process = Process.Start(start)!;
        var answer = await process.StandardOutput.ReadToEndAsync().WaitAsync(GatewayHost.Bound);
        await process.WaitForExitAsync().WaitAsync(GatewayHost.Bound);
        return answer;
    }

    private static string Request(string target, string[] lines) => $"GET {target} HTTP/1.1\r\n{string.Concat(lines.Select(line => line + "\r\n"))}\r\n";
}
