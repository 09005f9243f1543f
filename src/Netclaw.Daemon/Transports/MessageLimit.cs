using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>How large one message of a connection may be now: little before authentication, for anybody can send it.</summary>
public sealed class MessageLimit
{
    private volatile int _bytes = Limits.PreAuthMessageBytes;
    private Action? _exceeded;

    public int Bytes => _bytes;

    public void Raise() => _bytes = Limits.MessageBytes;

    /// <param name="exceeded">Ends the connection with a reason; called at most once.</param>
    public void OnExceeded(Action exceeded) => Volatile.Write(ref _exceeded, exceeded);

    internal void Exceed() => Interlocked.Exchange(ref _exceeded, null)?.Invoke();
}
