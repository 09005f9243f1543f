using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tunnels;

namespace Netclaw.Daemon.Examining;

/// <param name="Agent">The program that delivers the tunnel's connections; null: the exposure has no tunnel.</param>
/// <param name="Runs">Null: it cannot be told.</param>
/// <param name="Required">A start without it is refused.</param>
internal sealed record TunnelSeen(string? Agent, bool? Runs, bool Required);

/// <summary>Whether the tunnel's agent runs on this machine.</summary>
internal sealed class TunnelSection : IExamineSection
{
    public string Name => "tunnel";

    public JsonNode? Look(Examination examination)
    {
        var exposure = examination.Options.Exposure;
        var agent = TunnelAgent.Of(exposure.Mode);
        return JsonSerializer.SerializeToNode(
            new TunnelSeen(agent, agent is null ? null : examination.Machine.Programs.Runs(agent), !exposure.SkipTunnelProcessCheck), OfflineJson.Readable.TunnelSeen);
    }
}
