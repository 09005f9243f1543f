using System.Net;
using System.Net.Sockets;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary>A wire to a gateway that can be cut: whoever spoke over it has to come again.</summary>
internal sealed class CutWire(IPEndPoint gateway) : Relay
{
    private int _carried;
    private TaskCompletionSource? _held;

    public string Address => $"http://{Local}";

    /// <summary>How often somebody came.</summary>
    public int Carried => Volatile.Read(ref _carried);

    public void Cut() => CutAll();

    /// <summary>Whoever comes again waits until <see cref="Release"/>.</summary>
    public void CutAndHold()
    {
        Volatile.Write(ref _held, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        CutAll();
    }

    public void Release() => Interlocked.Exchange(ref _held, null)?.TrySetResult();

    protected override async Task CarryAsync(Socket client)
    {
        if (Volatile.Read(ref _held) is { } held)
        {
            await held.Task.WaitAsync(Ended);
        }

        var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await server.ConnectAsync(gateway, Ended);
        Interlocked.Increment(ref _carried);
        Keep(client, server);
        await BothWaysAsync(client, server);
    }
}
