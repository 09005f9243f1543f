using System.Text.Json;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>What a protocol client is told of the gateway when it is let in.</summary>
public sealed class GatewaySnapshots(GatewayIdentity gateway, IDaemonFacts daemon, LiveSessions live, JournalHealth journal, TimeProvider time)
{
    private static readonly JsonElement Nobody = JsonElement.Parse("[]");

    /// <param name="auth">Who is told: presence is for operators who may read.</param>
    public GatewaySnapshot For(GrantedAuth auth)
    {
        var now = time.GetUtcNow();
        var uptime = (long)(now - daemon.StartedAt).TotalMilliseconds;
        var presence = auth.Role == Role.Operator && auth.Scopes.Covers(Scope.Read)
            ? JsonSerializer.SerializeToElement(PresenceRows.Of(gateway, daemon, live), ProtocolJson.Default.ImmutableArrayPresenceRow)
            : Nobody;
        return new GatewaySnapshot(presence, HealthForm.Of(new HealthResult(journal.IsHealthy, daemon.Phase, uptime, now.ToUnixTimeMilliseconds())), 0, 0, uptime);
    }
}
