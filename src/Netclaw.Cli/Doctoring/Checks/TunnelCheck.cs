using System.Collections.Immutable;

namespace Netclaw.Cli.Doctoring.Checks;

/// <summary>The program that delivers a tunnel's connections on this machine.</summary>
internal sealed class TunnelCheck : ICheck
{
    private static readonly FindingKind Down = new("tunnel_down", Severity.Error, "The tunnel's agent does not run on this machine: no daemon starts, or nobody gets to it.", "systemctl status <agent>");
    private static readonly FindingKind DownOnPurpose = new("tunnel_unseen", Severity.Warning, "The tunnel's agent is not seen, and netclaw.json says not to mind.", "systemctl status <agent>");

    public string Id => "tunnel";

    public string Looks => "Whether tailscaled or cloudflared runs, where the exposure needs it.";

    public ImmutableArray<FindingKind> Kinds => [Down, DownOnPurpose];

    public Needs Needs => new(["tunnel"]);

    public async Task<CheckReport> RunAsync(DoctorVisit visit, CancellationToken cancellation) =>
        await visit.ExaminationAsync(cancellation) is { } seen ? Of(seen.Required(seen.Tunnel, "tunnel")) : CheckReport.Skipped(Id, $"{visit.Unexamined}.");

    public CheckReport Of(TunnelReport tunnel) => tunnel switch
    {
        { Agent: null } => CheckReport.Ok(Id, "the exposure has no tunnel."),
        { Runs: true } => CheckReport.Ok(Id, $"{tunnel.Agent} runs."),
        { Runs: null } => CheckReport.Skipped(Id, $"whether {tunnel.Agent} runs cannot be told: the process table is not to be read."),
        { Required: false } => Found(tunnel.Agent, DownOnPurpose, "is not seen, and exposure.skipTunnelProcessCheck says not to mind"),
        _ => Found(tunnel.Agent, Down, "does not run"),
    };

    private CheckReport Found(string agent, FindingKind kind, string seen) => CheckReport.Of(Id, $"{agent} {seen}.", kind.Found($"{agent}, which delivers the tunnel's connections, {seen}.", "<agent>", agent));
}
