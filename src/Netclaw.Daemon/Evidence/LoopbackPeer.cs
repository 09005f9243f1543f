using System.Net;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Evidence;

/// <summary>
/// Whose process a loopback connection comes from, asked once, at accept. In every mode a rule can use it: a spawn credential is good for its own user
/// alone, and internal nodes, silent pairing and proxies on this machine are told by it; so it is asked for every loopback connection and for no other.
/// </summary>
public sealed class LoopbackPeer : IDisposable
{
    private readonly SockDiag? _kernel = SockDiag.Open();
    private readonly ProcNetTcp _table = new();

    /// <summary>Whether asking is cheap; otherwise every question reads the whole table of sockets.</summary>
    public bool IsExact => _kernel is not null;

    /// <returns>Null: it is no loopback connection, or it cannot be told; unknown satisfies no rule.</returns>
    public uint? UserOf(EndPoint? remote, EndPoint? local)
    {
        if (remote is not IPEndPoint peer || local is not IPEndPoint here || PlainAddress.Of(peer)! is not { } own || !IPAddress.IsLoopback(own.Address))
        {
            return null;
        }

        var other = PlainAddress.Of(here)!;
        var user = _kernel is { } kernel ? kernel.UserOf(own, other) : _table.UserOf(own, other);
        return user == UserId.Overflow ? null : user;
    }

    public void Dispose() => _kernel?.Dispose();
}
