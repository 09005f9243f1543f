using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace Netclaw.Protocol.Tests.Client;

/// <summary>Every way of not reaching a gateway is told apart: by code, or by what was seen.</summary>
public sealed class UnreachableTests : ClientTest
{
    [Fact]
    public async Task ClosedPort_IsUnreachable()
    {
        int port;
        using (var once = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            once.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            port = ((IPEndPoint)once.LocalEndPoint!).Port;
        }

        var refused = await RefusedAsync(new GatewayEndpoint.Http(new Uri($"http://127.0.0.1:{port}")));
        Assert.Equal(RefusalCode.EndpointUnreachable, refused.Code);
        Assert.Equal($"Tried http://127.0.0.1:{port}: nothing listens there (connection refused).", refused.Error.Message);
        Assert.Equal("netclaw daemon status", refused.Error.Remedy);
    }

    [Fact]
    public async Task UnknownHost_IsUnreachable()
    {
        var refused = await RefusedAsync(new GatewayEndpoint.Http(new Uri("http://no-such-host.invalid:5199")));
        Assert.Equal(RefusalCode.EndpointUnreachable, refused.Code);
        Assert.Contains("the host name is not known", refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("220 mail ESMTP\r\n")]
    [InlineData("HTTP/1.1 abc X\r\n\r\n")]
    [InlineData("HTTP/1.1\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    public async Task AnotherProtocol_IsNotNetclaw(string banner)
    {
        await using var server = RawServer.Answering(banner);
        var refused = await RefusedAsync(server.Endpoint);
        Assert.Equal(RefusalCode.EndpointNotNetclaw, refused.Code);
        Assert.Contains("does not speak HTTP", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABannerThatNeverEnds_IsToldByItsFirstBytes()
    {
        await using var server = RawServer.Hanging("SSH-2.0-");
        Assert.Equal(RefusalCode.EndpointNotNetclaw, (await RefusedAsync(server.Endpoint)).Code);
    }

    [Fact]
    public async Task AHeadWithoutEnd_IsCutOff()
    {
        await using var server = RawServer.Hanging("HTTP/1.1 200 OK\r\n" + string.Concat(Enumerable.Repeat("X-More: and more\r\n", 2000)));
        Assert.Equal(RefusalCode.EndpointNotNetclaw, (await RefusedAsync(server.Endpoint)).Code);
    }

    [Fact]
    public async Task ClosingWithoutAWord_IsUnreachable()
    {
        await using var server = RawServer.Answering("");
        var refused = await RefusedAsync(server.Endpoint);
        Assert.Equal(RefusalCode.EndpointUnreachable, refused.Code);
        Assert.Contains("without an answer (does it want https://?)", refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, RefusalCode.EndpointNotNetclaw, "a web server answers 200 OK where a gateway has its hub")]
    [InlineData(404, RefusalCode.EndpointNotNetclaw, "a web server answers 404 NotFound where a gateway has its hub")]
    [InlineData(401, RefusalCode.EndpointNotNetclaw, "a web server answers 401 Unauthorized where a gateway has its hub")]
    [InlineData(502, RefusalCode.EndpointUnreachable, "it answers 502 BadGateway: maybe a proxy whose gateway is down")]
    public async Task AnotherWebServer_IsToldByItsAnswer(int status, RefusalCode code, string seen)
    {
        await using var server = RawServer.Answering($"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n");
        var refused = await RefusedAsync(server.Endpoint);
        Assert.Equal(code, refused.Code);
        Assert.Contains(seen, refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusalBeforeTheUpgrade_IsTheGatewaysOwn()
    {
        await using var server = RawServer.Answering("HTTP/1.1 421 X\r\nNetclaw-Code: host_not_allowed\r\nContent-Length: 0\r\n\r\n");
        var refused = await RefusedAsync(server.Endpoint);
        Assert.Equal(RefusalCode.HostNotAllowed, refused.Code);
        Assert.Contains("does not answer for", refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task ARedirect_IsNamed_AndNeverFollowed(int status)
    {
        await using var elsewhere = RawServer.Silent();
        await using var server = RawServer.Answering(
            $"HTTP/1.1 {status} X\r\nLocation: http://127.0.0.1:{elsewhere.Port}/hub/session?secret=1\r\nContent-Length: 0\r\n\r\n");
        var refused = await RefusedAsync(server.Endpoint);
        Assert.Equal(RefusalCode.EndpointNotNetclaw, refused.Code);
        Assert.Contains($"it redirects to http://127.0.0.1:{elsewhere.Port} ({status} ", refused.Error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal(0, elsewhere.Accepted);
    }

    [Fact]
    public async Task AnUpgradeWithAWrongProof_IsNotNetclaw()
    {
        await using var server = RawServer.Hanging(
            "HTTP/1.1 101 X\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: bm90IHRoZSByaWdodCBvbmU=\r\n\r\n");
        var refused = await RefusedAsync(server.Endpoint);
        Assert.Equal(RefusalCode.EndpointNotNetclaw, refused.Code);
        Assert.Contains("in a way no gateway's hub does", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnotherWebSocketServer_IsNotNetclaw()
    {
        // It speaks without being asked, so that its first frame comes in one piece with the upgrade, or after it.
        await using var app = await WebAppAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.SendAsync("welcome to the chat\u001e"u8.ToArray(), System.Net.WebSockets.WebSocketMessageType.Text, true, Bound);
            await socket.ReceiveAsync(new byte[1024], Bound);
        });
        var refused = await RefusedAsync(new GatewayEndpoint.Http(new Uri(app.Urls.Single())));
        Assert.Equal(RefusalCode.EndpointNotNetclaw, refused.Code);
        Assert.Contains("is not a gateway's hub", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWebSocketThatCloses_IsUnreachable()
    {
        await using var app = await WebAppAsync(async context =>
        {
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            await socket.CloseOutputAsync(System.Net.WebSockets.WebSocketCloseStatus.NormalClosure, null, Bound);
        });
        var refused = await RefusedAsync(new GatewayEndpoint.Http(new Uri(app.Urls.Single())));
        Assert.Equal(RefusalCode.EndpointUnreachable, refused.Code);
        Assert.Contains("closed before the conversation began", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SilentServer_TimesOut_WaitingForAnAnswer()
    {
        await using var server = RawServer.Silent();
        var time = new FakeTime();
        var refused = RefusedAsync(server.Endpoint, new GatewayConnectionOptions { Time = time });
        await server.Heard.WaitAsync(Bound);
        time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(RefusalCode.TimedOut, (await refused).Code);
        Assert.EndsWith("waited 10 s for an answer.", (await refused).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AHubWithoutAChallenge_TimesOut_WaitingForIt()
    {
        var time = new FakeTime();
        var connected = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Challenge = _ =>
            {
                connected.SetResult();
                return null;
            },
        });
        var refused = RefusedAsync(gateway.Endpoint, new GatewayConnectionOptions { Time = time, OpenTimeout = TimeSpan.FromSeconds(3) });
        await connected.Task.WaitAsync(Bound);
        time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal(RefusalCode.TimedOut, (await refused).Code);
        Assert.Contains("waited 3 s for the ", (await refused).Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelling_IsNoRefusal()
    {
        await using var server = RawServer.Silent();
        using var cancel = new CancellationTokenSource();
        var opening = GatewayConnection.OpenAsync(server.Endpoint, new GatewayConnectionOptions(), cancel.Token);
        await server.Heard.WaitAsync(Bound);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening.WaitAsync(Bound));
    }

    [Fact]
    public async Task AnUntrustedCertificate_IsATlsFailure_WithTheCommandThatShowsIt()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway(), listen: options => options.UseHttps(certificate));
        var refused = await RefusedAsync(gateway.Endpoint);
        Assert.Equal(RefusalCode.EndpointTlsFailed, refused.Code);
        Assert.Contains("certificate", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal($"openssl s_client -connect 127.0.0.1:{((GatewayEndpoint.Http)gateway.Endpoint).BaseUri.Port}", refused.Error.Remedy);
        Assert.Empty(gateway.Guests);
    }

    [Fact]
    public async Task HttpsToAPlainPort_IsATlsFailure()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        var port = ((GatewayEndpoint.Http)gateway.Endpoint).BaseUri.Port;
        var refused = await RefusedAsync(new GatewayEndpoint.Http(new Uri($"https://127.0.0.1:{port}")));
        Assert.Equal(RefusalCode.EndpointTlsFailed, refused.Code);
    }

    [Fact]
    public async Task HttpToATlsPort_HintsAtHttps()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero), new DateTimeOffset(2090, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway(), listen: options => options.UseHttps(certificate));
        var port = ((GatewayEndpoint.Http)gateway.Endpoint).BaseUri.Port;
        var refused = await RefusedAsync(new GatewayEndpoint.Http(new Uri($"http://127.0.0.1:{port}")));
        Assert.Contains("(does it want https://?)", refused.Error.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> WebAppAsync(RequestDelegate serve)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.UseWebSockets();
        app.Run(serve);
        await app.StartAsync();
        return app;
    }
}
