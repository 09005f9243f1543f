using System.Text.Json;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Methods;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;

namespace Netclaw.Daemon.Transports.Gateway;

/// <summary>What a protocol client is told of the gateway when it is let in.</summary>
public sealed class GatewaySnapshots(IDaemonFacts daemon, JournalHealth journal, TimeProvider time)
{
    private static readonly JsonElement Nobody = JsonElement.Parse("[]");

    public GatewaySnapshot Current
    {
        get
        {
            var now = time.GetUtcNow();
            var uptime = (long)(now - daemon.StartedAt).TotalMilliseconds;
            return new GatewaySnapshot(Nobody, HealthForm.Of(new HealthResult(journal.IsHealthy, daemon.Phase, uptime, now.ToUnixTimeMilliseconds())), 0, 0, uptime);
        }
    }
}
