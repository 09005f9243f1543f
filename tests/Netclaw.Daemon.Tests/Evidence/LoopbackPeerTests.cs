using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Evidence;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Evidence;

public sealed class LoopbackPeerTests
{
    private const string Stranger = "64123";
    private static readonly TrustOptions Trust = new() { OwnerUserId = UserId.Current };

    private const string SetPriv = "/usr/bin/setpriv";

    public static TheoryData<string, string> Families { get; } = new()
    {
        { "127.0.0.1", "127.0.0.1" },
        { "::1", "::1" },
        { "::", "::ffff:127.0.0.1" },
        { "::", "127.0.0.1" },
        { "0.0.0.0", "127.0.0.5" },
    };

    [Theory]
    [MemberData(nameof(Families))]
    public void TheKernelNamesTheUser_WhateverTheFamily(string bound, string dialled)
    {
        using var pair = Pair.Of(bound, dialled);
        using var diag = SockDiag.Open();
        using var asked = new LoopbackPeer(Trust);

        Assert.NotNull(diag);
        Assert.True(asked.IsExact);
        Assert.Equal(UserId.Current, diag.UserOf(pair.Remote, pair.Local));
        Assert.Equal(UserId.Current, new ProcNetTcp().UserOf(pair.Remote, pair.Local));
        Assert.Equal(UserId.Current, asked.UserOf(pair.Accepted.RemoteEndPoint, pair.Accepted.LocalEndPoint));
    }

    /// <summary>What is left of a closed socket belongs to user 0 in the kernel's tables: that must never read as root.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NobodyIsNamed_OnceThePeerIsGone(bool closesFirst)
    {
        using var pair = Pair.Of("127.0.0.1", "127.0.0.1");
        if (closesFirst)
        {
            pair.Client.Dispose();
        }
        else
        {
            pair.Client.Shutdown(SocketShutdown.Send);
        }

        using var diag = SockDiag.Open();
        Assert.Equal(0, pair.Accepted.Receive(new byte[1]));
        Assert.Null(diag!.UserOf(pair.Remote, pair.Local));
        Assert.Null(new ProcNetTcp().UserOf(pair.Remote, pair.Local));
    }

    [Fact]
    public void NobodyIsNamed_ForAnotherConnection()
    {
        using var pair = Pair.Of("127.0.0.1", "127.0.0.1");
        using var asked = new LoopbackPeer(Trust);
        using var diag = SockDiag.Open();
        var other = new IPEndPoint(pair.Local.Address, pair.Local.Port ^ 1);

        Assert.Null(diag!.UserOf(pair.Remote, other));
        Assert.Null(new ProcNetTcp().UserOf(pair.Remote, other));
        Assert.Null(diag.UserOf(pair.Local, new IPEndPoint(IPAddress.Loopback, 0))); // the listener
        Assert.Null(diag.UserOf(pair.Remote, new IPEndPoint(IPAddress.IPv6Loopback, pair.Local.Port)));
        Assert.Null(asked.UserOf(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1), pair.Local));
        Assert.Null(asked.UserOf(new UnixDomainSocketEndPoint("/x"), null));
        Assert.Null(new ProcNetTcp("/nowhere").UserOf(pair.Remote, pair.Local));
    }

    [RootFact]
    public async Task AnotherUsersProcess_IsNamed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var process = Process.Start(new ProcessStartInfo(SetPriv,
            ["--reuid", Stranger, "--regid", Stranger, "--clear-groups", "/bin/bash", "-c", $"exec 3<>/dev/tcp/127.0.0.1/{port}; read -u 3"]))!;
        using var accepted = await listener.AcceptSocketAsync().WaitAsync(TimeSpan.FromSeconds(30));
        using var asked = new LoopbackPeer(Trust);

        Assert.Equal(uint.Parse(Stranger), asked.UserOf(accepted.RemoteEndPoint, accepted.LocalEndPoint));
        Assert.Equal(uint.Parse(Stranger), new ProcNetTcp().UserOf((IPEndPoint)accepted.RemoteEndPoint!, (IPEndPoint)accepted.LocalEndPoint!));
        process.Kill();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void TheTableAnswers_WhereTheKernelDoesNot_AndNothingWhereNoRuleAsks()
    {
        using var pair = Pair.Of("127.0.0.1", "127.0.0.1");
        using var table = new LoopbackPeer(kernel: null, new ProcNetTcp());
        using var nothing = new LoopbackPeer(kernel: null, table: null);
        Assert.False(table.IsExact);
        Assert.Equal(UserId.Current, table.UserOf(pair.Accepted.RemoteEndPoint, pair.Accepted.LocalEndPoint));
        Assert.Null(nothing.UserOf(pair.Accepted.RemoteEndPoint, pair.Accepted.LocalEndPoint));
    }

    [Fact]
    public async Task ManyMayAskAtOnce()
    {
        using var asked = new LoopbackPeer(Trust);
        var pairs = Enumerable.Range(0, 8).Select(_ => Pair.Of("127.0.0.1", "127.0.0.1")).ToList();
        await Task.WhenAll(pairs.Select(pair => Task.Run(() =>
        {
            for (var round = 0; round < 500; round++)
            {
                Assert.Equal(UserId.Current, asked.UserOf(pair.Accepted.RemoteEndPoint, pair.Accepted.LocalEndPoint));
            }
        }))).WaitAsync(TimeSpan.FromSeconds(30));
        pairs.ForEach(pair => pair.Dispose());
    }

    [Theory]
    [InlineData("no columns at all")]
    [InlineData("   0: 0100007F:1F90 0100007F:0050 01 00000000:00000000 00:00000000 00000000 x 0 5 1")]
    [InlineData("   0: 0100007F:1F90 0100007F:0050 01 00000000:00000000 00:00000000 00000000 1000 0 0 1")]
    [InlineData("   0: 0100007F:1F90 0100007F:0050 06 00000000:00000000 00:00000000 00000000 1000 0 5 1")]
    [InlineData("   0: 0100007F:1F90 0100007F:0051 01 00000000:00000000 00:00000000 00000000 1000 0 5 1")]
    public void TheTable_NamesNobodyByALineThatDoesNotSaySo(string line)
    {
        using var home = new TemporaryHome();
        File.WriteAllText(Path.Combine(home.Parent, "tcp"), "  sl  local_address ...\n" + line + "\n");
        Assert.Null(new ProcNetTcp(home.Parent).UserOf(IPEndPoint.Parse("127.0.0.1:8080"), IPEndPoint.Parse("127.0.0.1:80")));
    }

    private sealed record Pair(TcpListener Listener, Socket Client, Socket Accepted) : IDisposable
    {
        public IPEndPoint Remote => PlainAddress.Of((IPEndPoint)Accepted.RemoteEndPoint!)!;

        public IPEndPoint Local => PlainAddress.Of((IPEndPoint)Accepted.LocalEndPoint!)!;

        public static Pair Of(string bound, string dialled)
        {
            var listener = new TcpListener(IPAddress.Parse(bound), 0);
            if (bound == "::")
            {
                listener.Server.DualMode = true;
            }

            listener.Start();
            var to = IPAddress.Parse(dialled);
            var client = new Socket(to.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (to.IsIPv4MappedToIPv6)
            {
                client.DualMode = true;
            }

            client.Connect(to, ((IPEndPoint)listener.LocalEndpoint).Port);
            return new Pair(listener, client, listener.AcceptSocket());
        }

        public void Dispose()
        {
            Client.Dispose();
            Accepted.Dispose();
            Listener.Dispose();
        }
    }
}
