using System.Text.Json;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// The wire under one session, as the session sees it. Called from the session's actor: nothing here blocks or throws;
/// failures come back as <see cref="SessionInput.TransportClosed"/>.
/// </summary>
public interface ISessionTransport
{
    /// <summary>Answers one call.</summary>
    void Reply(long callId, CallResponse response);

    /// <summary>A first answer to a call that is answered again: dropped where one call has one answer.</summary>
    void ReplyFirst(long callId, CallResponse response)
    {
    }

    /// <summary>Sends an event, in order with everything sent before.</summary>
    void Send(string eventName, JsonElement payload);

    /// <summary>Sends an event that is for this client alone: the gateway protocol numbers only what everybody hears. In order with everything else.</summary>
    void SendAlone(string eventName, JsonElement payload) => Send(eventName, payload);

    /// <summary>Sends an event that others hear as well, in order with everything else. What it becomes on this wire may be kept in it for the others.</summary>
    void Relay(SharedEvent said) => Send(said.Name, said.Payload);

    /// <summary>From now on the larger message limit holds and the connection is no longer one of the unauthenticated.</summary>
    void Promote();

    /// <summary>Says why, completes what was written, then closes. Idempotent.</summary>
    void Close(int closeCode, CallError error);

    /// <summary>Cuts the connection now.</summary>
    void Abort();
}
