using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>The hub at <see cref="Limits.HubPath"/>: one method from the client, one event to it (<c>Event(name, payload)</c>). All meaning is the session's.</summary>
public sealed class SessionHub : Hub
{
    public Task<CallReply> Call(string method, JsonElement parameters) =>
        Context.Features.Get<SignalRTransport>() is { } transport
            ? transport.Call(method, parameters)
            : throw new HubException("the connection has no session");
}
