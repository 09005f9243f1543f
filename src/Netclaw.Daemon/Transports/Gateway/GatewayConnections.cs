using System.Net.WebSockets;
using System.Text.Json;
using Akka.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Sessions;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Listeners;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>The life of every gateway WebSocket, numbered as in the architecture: 2 evidence, 3 transport, 4 session.</summary>
internal sealed class GatewayConnections(
    IRequiredActor<SessionSupervisor> supervisor, EvidenceBuilder evidence, ChallengeIssuer challenges, GatewaySnapshots snapshots, TimeProvider time, ILogger<GatewayConnections> log)
{
    /// <summary>Until the socket is done with.</summary>
    public async Task Serve(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            // Half an upgrade: without a key or a version there is nothing to answer it with.
            http.Response.Headers.Connection = "close";
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var accepted = http.Features.Get<AcceptedConnection>() ?? throw new InvalidOperationException("the connection did not pass the accept gate");
        var seen = evidence.Build(accepted, http.Request, "gateway"); // 2
        var challenge = challenges.Issue(http.Request.Query[Limits.ClientNonceParameter]);
        using var socket = await http.WebSockets.AcceptWebSocketAsync().ConfigureAwait(false); // 3
        var transport = new GatewayTransport(socket, accepted, snapshots, time);
        if (!accepted.Place.Claim(transport.Cut))
        {
            accepted.Abort("cut before its session began");
            return;
        }

        transport.Send(ConnectChallenge.EventName, JsonSerializer.SerializeToElement(challenge, ProtocolJson.Default.ConnectChallenge));
        var opening = SessionInbox.OpenAsync(supervisor, new OpenSession(SessionId.New(), seen, transport, challenge, accepted.Deadline), transport.Attach, log); // 4
        var cause = await GatewayReader.RunAsync(socket, transport).ConfigureAwait(false);
        transport.Gone(cause);
        await opening.ConfigureAwait(false);
        await transport.WrittenAsync().ConfigureAwait(false);
    }
}
