using System.Net.Sockets;
using Netclaw.Daemon.Evidence;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Evidence;

public sealed class PeerCredentialsTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void NameThisProcess_AsTheKernelDoes()
    {
        var path = Path.Combine(_temporary.Parent, "s");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        client.Connect(new UnixDomainSocketEndPoint(path));
        using var accepted = listener.Accept();

        var peer = new PeerCredentials(new ProcessTable(), daemon: Environment.ProcessId).Of(accepted);

        Assert.NotNull(peer);
        Assert.Equal((UserId.Current, Environment.ProcessId, false), (peer.UserId, peer.ProcessId, peer.DescendsFromDaemon));
        Assert.True(new PeerCredentials(new ProcessTable(), new ProcessTable().Find(Environment.ProcessId)!.Value.Parent).Of(accepted)!.DescendsFromDaemon);
    }

    [Fact]
    public void AreUnknown_OverTcp()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient();
        client.Connect((System.Net.IPEndPoint)listener.LocalEndpoint);
        using var accepted = listener.AcceptSocket();

        Assert.Null(new PeerCredentials(new ProcessTable(), Environment.ProcessId).Of(accepted));
    }
}
