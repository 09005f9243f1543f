using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// One live session as everybody but itself sees it. The session publishes its state after each change; states are immutable, so
/// readers on any thread see one whole state, at worst the one before.
/// </summary>
public sealed class LiveSession
{
    private readonly ISessionTransport _transport;
    private volatile SessionState _state;

    internal LiveSession(IActorRef actor, ISessionTransport transport, SessionState state)
    {
        Actor = actor;
        _transport = transport;
        _state = state;
    }

    public SessionId Id => _state.Facts.Id;

    /// <summary>Takes <see cref="SessionInput"/>s; ends after its transport is gone.</summary>
    public IActorRef Actor { get; }

    public SessionState State => _state;

    /// <summary>The proven device this session is indexed under; set by the session alone, before it asks the policy.</summary>
    public DeviceId? Device { get; internal set; }

    /// <summary>The device it was let in as.</summary>
    public DeviceId? Admitted { get; internal set; }

    /// <summary>The pairing request this session is indexed under.</summary>
    public PairingRequestId? Request { get; internal set; }

    /// <summary>Cuts the connection now, past the session: for a socket that does not close in time. Any thread.</summary>
    public void Abort() => _transport.Abort();

    internal void Publish(SessionState state) => _state = state;
}
