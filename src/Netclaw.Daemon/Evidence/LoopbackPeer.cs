using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Evidence;

/// <summary>
/// Whose process a loopback connection comes from, asked once, at accept. The kernel's exact answer costs microseconds, so it is had for every loopback
/// connection: in every mode a rule can use it. Where only the table of all sockets can be read, milliseconds long, it is read while a rule can let somebody in by it.
/// </summary>
public sealed class LoopbackPeer : IDisposable
{
    private readonly SockDiag? _kernel;
    private readonly ProcNetTcp? _table;

    public LoopbackPeer(TrustOptions trust)
        : this(SockDiag.Open(), LoopbackUser.LetsSomebodyIn(trust) ? new ProcNetTcp() : null)
    {
    }

    internal LoopbackPeer(SockDiag? kernel, ProcNetTcp? table)
    {
        _kernel = kernel;
        _table = table;
    }

    /// <summary>Whether the kernel answers exactly.</summary>
    public bool IsExact => _kernel is not null;

    /// <returns>Null: it is no loopback connection, or it cannot be told; unknown satisfies no rule.</returns>
    public uint? UserOf(EndPoint? remote, EndPoint? local)
    {
        if (remote is not IPEndPoint peer || local is not IPEndPoint here || PlainAddress.Of(peer)! is not { } own || !IPAddress.IsLoopback(own.Address))
        {
            return null;
        }

        var other = PlainAddress.Of(here)!;
        var user = _kernel is { } kernel ? kernel.UserOf(own, other) : _table?.UserOf(own, other);
        return user == UserId.Overflow ? null : user;
    }

    public void Dispose() => _kernel?.Dispose();
}
