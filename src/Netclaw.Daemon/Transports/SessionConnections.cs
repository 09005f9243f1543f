using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Sessions;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>
/// The life of every hub connection, numbered as in the architecture: 2 evidence, 3 transport, 4 session. It stands where SignalR keeps its own list of
/// connections; Netclaw's sessions are that list, so whatever would address a group of connections is not supported.
/// </summary>
internal sealed class SessionConnections(
    IRequiredActor<SessionSupervisor> supervisor, EvidenceBuilder evidence, ChallengeIssuer challenges, TimeProvider time, ILogger<SessionConnections> log)
    : HubLifetimeManager<SessionHub>
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var http = connection.GetHttpContext() ?? throw new InvalidOperationException("a hub connection comes over HTTP");
        var accepted = http.Features.Get<AcceptedConnection>() ?? throw new InvalidOperationException("the connection did not pass the accept gate");
        var limit = connection.Features.Get<MessageLimit>() ?? throw new InvalidOperationException("the connection has no message limit");

        var seen = evidence.Build(accepted, http.Request, "signalr");
        var challenge = challenges.Issue(http.Request.Query[Limits.ClientNonceParameter]);
        var transport = new SignalRTransport(connection, accepted, limit, time);
        connection.Features.Set(transport);
        http.Features.Set(transport);
        if (!accepted.Place.Claim(transport.Cut))
        {
            connection.Abort();
            return Task.CompletedTask;
        }

        transport.Send(ConnectChallenge.EventName, JsonSerializer.SerializeToElement(challenge, ProtocolJson.Default.ConnectChallenge));
        var open = new OpenSession(SessionId.New(), seen, transport, challenge, accepted.Deadline);
        _ = SessionInbox.OpenAsync(supervisor, open, transport.Attach, log); // nobody waits for it: what the client says meanwhile is kept
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        // The session hears of it when the request is over: see HubRequest.
        TransportLog.Ended(log, connection.ConnectionId);
        return Task.CompletedTask;
    }

    public override Task SendAllAsync(string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendAllExceptAsync(string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendConnectionAsync(string connectionId, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendConnectionsAsync(IReadOnlyList<string> connectionIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendGroupAsync(string groupName, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendGroupExceptAsync(string groupName, string methodName, object?[] args, IReadOnlyList<string> excludedConnectionIds, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendGroupsAsync(IReadOnlyList<string> groupNames, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendUserAsync(string userId, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task SendUsersAsync(IReadOnlyList<string> userIds, string methodName, object?[] args, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task AddToGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw Unsupported();

    public override Task RemoveFromGroupAsync(string connectionId, string groupName, CancellationToken cancellationToken = default) => throw Unsupported();

    private static NotSupportedException Unsupported() => new("clients are addressed through their sessions");
}
