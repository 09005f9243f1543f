using System.Net.Sockets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Runtime.Contract.Persistence;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>When, on the way of one flush of events, the wire breaks.</summary>
public enum Break
{
    /// <summary>The server never hears of the flush.</summary>
    BeforeTheServer,

    /// <summary>The server has half of it.</summary>
    HalfWay,

    /// <summary>The server has all of it, and whether it finished nobody knows.</summary>
    OnItsWayToTheServer,

    /// <summary>It is durable, and the daemon never hears so.</summary>
    BeforeTheAnswer,
}

/// <summary>The wire between a daemon and its server, on a loopback port. It breaks for every connection at once, and stays broken until it is mended.</summary>
internal sealed class PostgresRelay(PostgresCluster cluster) : Relay
{
    private readonly string _server = cluster.Socket;
    private readonly TaskCompletionSource _broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Break? _armed;
    private bool _down;

    public string ConnectionString => $"Host=127.0.0.1;Port={Local.Port};Username=netclaw;Database=postgres;Timeout=30;SSL Mode=Disable";

    /// <summary>Completes when the wire broke.</summary>
    public Task Broken => _broken.Task;

    /// <summary>The next flush of events meets this.</summary>
    public void Arm(Break when)
    {
        lock (Gate)
        {
            _armed = when;
        }
    }

    public void Mend()
    {
        lock (Gate)
        {
            _down = false;
        }
    }

    protected override async Task CarryAsync(Socket client)
    {
        var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        lock (Gate)
        {
            if (_down)
            {
                client.Dispose();
                return;
            }

            Keep(client, server);
        }

        try
        {
            await server.ConnectAsync(new UnixDomainSocketEndPoint(_server), Ended);
            var answers = AnswerAsync(server, client);
            await AskAsync(client, server);
            await answers;
        }
        finally
        {
            client.Dispose();
            server.Dispose();
        }
    }

    /// <summary>What the daemon sends. A flush is one write of its client.</summary>
    private async Task AskAsync(Socket client, Socket server)
    {
        var buffer = new byte[1 << 20];
        while (await client.ReceiveAsync(buffer, Ended) is > 0 and var read)
        {
            var sent = buffer.AsMemory(0, read);
            if (!IsFlush(sent.Span) || Disarm(except: Break.BeforeTheAnswer) is not { } how)
            {
                await SendAsync(server, sent);
                continue;
            }

            if (how is not Break.BeforeTheServer)
            {
                await SendAsync(server, how is Break.HalfWay ? sent[..(read / 2)] : sent);
            }

            BreakAll();
            return;
        }

        server.Shutdown(SocketShutdown.Send);
    }

    private async Task AnswerAsync(Socket server, Socket client)
    {
        var buffer = new byte[1 << 20];
        while (await server.ReceiveAsync(buffer, Ended) is > 0 and var read)
        {
            // The tag of the statement comes after its transaction is on the disk.
            if (buffer.AsSpan(0, read).IndexOf("INSERT 0 "u8) >= 0 && Disarm(only: Break.BeforeTheAnswer) is not null)
            {
                BreakAll();
                return;
            }

            await SendAsync(client, buffer.AsMemory(0, read));
        }

        client.Shutdown(SocketShutdown.Send);
    }

    /// <summary>Only an insert carries manifests of the registry's events, prepared or not.</summary>
    private static bool IsFlush(ReadOnlySpan<byte> sent) => sent.IndexOf("dr1."u8) >= 0;

    private Break? Disarm(Break? except = null, Break? only = null)
    {
        lock (Gate)
        {
            if (_armed is not { } armed || armed == except || (only is not null && armed != only))
            {
                return null;
            }

            _armed = null;
            return armed;
        }
    }

    private void BreakAll()
    {
        lock (Gate)
        {
            _down = true;
        }

        CutAll();
        _broken.TrySetResult();
    }
}
