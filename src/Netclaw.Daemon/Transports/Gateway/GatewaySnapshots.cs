using System.Text.Json;
using Netclaw.Actors.Bulletins;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>What a protocol client is told of the gateway when it is let in.</summary>
public sealed class GatewaySnapshots(IDaemonFacts daemon, Bulletin bulletin, JournalHealth journal, TimeProvider time)
{
    private static readonly JsonElement Nobody = JsonElement.Parse("[]");

    /// <param name="auth">Who is told: presence is for operators who may read.</param>
    public GatewaySnapshot For(GrantedAuth auth)
    {
        var posted = bulletin.Posted;
        var presence = auth.Role == Role.Operator && auth.Scopes.Covers(Scope.Read) ? posted.Presence : Nobody;
        var now = time.GetUtcNow();
        var uptime = (long)(now - daemon.StartedAt).TotalMilliseconds;
        return new GatewaySnapshot(presence, HealthForm.Of(new HealthResult(journal.IsHealthy, daemon.Phase, uptime, now.ToUnixTimeMilliseconds())), posted.Version, uptime);
    }
}
