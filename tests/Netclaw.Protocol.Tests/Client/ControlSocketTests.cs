using System.Net.Sockets;

namespace Netclaw.Protocol.Tests.Client;

/// <summary>The kernel and the file system name who serves a control socket; nothing is sent to a stranger.</summary>
public sealed class ControlSocketTests : ClientTest
{
    private const uint Stranger = 12345;
    private readonly TemporaryDirectory _run = new();

    public override void Dispose()
    {
        _run.Dispose();
        base.Dispose();
    }

    [Fact]
    public async Task AHomesOwnSocket_IsTrusted_WithoutPinOrDevice()
    {
        await using var gateway = await FakeGateway.OnSocketAsync(new FakeGateway(), _run["control.sock"]);
        gateway.Answer = (_, _, _) => Task.FromResult(FakeGateway.Ok(gateway.Hello(ScopeSet.All), ProtocolJson.Default.HelloOk));
        await using var connection = await OpenAsync(gateway.Endpoint);
        var outcome = await connection.ConnectAsync(new ConnectRequest { Client = Client }, Bound);
        Assert.Equal(ScopeSet.All, Assert.IsType<ConnectOutcome.Welcomed>(outcome).Hello.Auth.Scopes);
    }

    [Fact]
    public async Task NoSocket_SaysSo_AndHowToStart()
    {
        var refused = await RefusedAsync(new GatewayEndpoint.Control(_run["control.sock"]));
        Assert.Equal(RefusalCode.EndpointUnreachable, refused.Code);
        Assert.Equal($"Tried the control socket {_run["control.sock"]}: there is no such socket.", refused.Error.Message);
        Assert.Equal("netclaw daemon start", refused.Error.Remedy);

        var nowhere = await RefusedAsync(new GatewayEndpoint.Control(_run["no/run/control.sock"]));
        Assert.Contains("no such directory", nowhere.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ASocketThatAKilledDaemonLeft_SaysSo()
    {
        using (var killed = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified))
        {
            killed.Bind(new UnixDomainSocketEndPoint(_run["elsewhere.sock"]));
            killed.Listen();
            File.Move(_run["elsewhere.sock"], _run["control.sock"]); // closing unlinks the name it was bound to, and only that
        }

        var refused = await RefusedAsync(new GatewayEndpoint.Control(_run["control.sock"]));
        Assert.Equal(RefusalCode.EndpointUnreachable, refused.Code);
        Assert.Contains("nobody listens on it", refused.Error.Message, StringComparison.Ordinal);
        Assert.Equal("netclaw daemon start", refused.Error.Remedy);
    }

    [Theory]
    [InlineData(UnixFileMode.GroupWrite, "0720")]
    [InlineData(UnixFileMode.OtherWrite, "0702")]
    public async Task ADirectoryThatOthersMayWrite_IsForeign(UnixFileMode extra, string mode)
    {
        await using var gateway = await FakeGateway.OnSocketAsync(new FakeGateway(), _run["control.sock"]);
        File.SetUnixFileMode(_run.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | extra);
        var refused = await RefusedAsync(gateway.Endpoint);
        Assert.Equal(RefusalCode.ControlSocketForeign, refused.Code);
        Assert.Contains($"others may write its directory (mode {mode}). Nothing was sent", refused.Error.Message, StringComparison.Ordinal);
        Assert.Empty(gateway.Guests);
    }

    [Fact]
    public async Task ALinkedDirectory_IsForeign()
    {
        await using var gateway = await FakeGateway.OnSocketAsync(new FakeGateway(), _run["control.sock"]);
        using var other = new TemporaryDirectory();
        Directory.CreateSymbolicLink(other["run"], _run.Path);
        var refused = await RefusedAsync(new GatewayEndpoint.Control(other["run/control.sock"]));
        Assert.Equal(RefusalCode.ControlSocketForeign, refused.Code);
    }

    [RootFact]
    public async Task ADirectoryOfAnotherUser_IsForeign_UnlessTheHomeIsTheirs()
    {
        await using var gateway = await FakeGateway.OnSocketAsync(new FakeGateway(), _run["control.sock"]);
        Foreign.GiveAway(_run.Path, Stranger);

        var refused = await RefusedAsync(gateway.Endpoint);
        Assert.Equal(RefusalCode.ControlSocketForeign, refused.Code);
        Assert.Contains($"its directory belongs to user {Stranger}, the home to user 0", refused.Error.Message, StringComparison.Ordinal);
        Assert.Empty(gateway.Guests);

        await using var theirs = await OpenAsync((GatewayEndpoint.Control)gateway.Endpoint with { Owner = Stranger });
        Assert.Equal(gateway.Key.Public, theirs.GatewayKey);
    }

    [RootFact]
    public async Task AServerOfAnotherUser_IsForeign_AndHearsNothing()
    {
        using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        server.Bind(new UnixDomainSocketEndPoint(_run["control.sock"]));
        Foreign.ListenAs(server, Stranger);

        var refused = await RefusedAsync(new GatewayEndpoint.Control(_run["control.sock"]));
        Assert.Equal(RefusalCode.ControlSocketForeign, refused.Code);
        Assert.Contains($"user {Stranger} serves it, the home to user 0", refused.Error.Message, StringComparison.Ordinal);

        using var accepted = await server.AcceptAsync(Bound);
        Assert.Equal(0, await accepted.ReceiveAsync(new byte[16], Bound));
    }

    [RootFact]
    public void TheOwner_IsTheHomes_AlsoBehindALink()
    {
        using var other = new TemporaryDirectory();
        Directory.CreateSymbolicLink(other["home"], _run.Path);
        Foreign.GiveAway(_run.Path, Stranger);
        Assert.Equal(Stranger, GatewayEndpoint.OfHome(NetclawHome.At(_run.Path, _ => null)).Owner);
        Assert.Equal(Stranger, GatewayEndpoint.OfHome(NetclawHome.At(other["home"], _ => null)).Owner);
        Assert.Equal(UserId.Current, GatewayEndpoint.OfHome(NetclawHome.At(other["nothing"], _ => null)).Owner);
    }
}
