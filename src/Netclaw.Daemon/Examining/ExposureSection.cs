using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Offline;

namespace Netclaw.Daemon.Examining;

/// <param name="Mode">As netclaw.json writes it.</param>
/// <param name="Listen">The endpoint that TCP clients and proxies reach; port 0 takes a free one.</param>
/// <param name="Proxies">How many networks a proxy may be in.</param>
/// <param name="ProxiesReachable">False: the listener is on loopback, and no trusted proxy is.</param>
internal sealed record ExposureSeen(string Mode, string AuthMode, string Listen, string? ExternalUrl, int Proxies, bool ProxiesReachable);

/// <summary>How the gateway is meant to be reached, and whether what stands in front can get at it.</summary>
internal sealed class ExposureSection : IExamineSection
{
    public string Name => "exposure";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(Of(examination.Options), OfflineJson.Readable.ExposureSeen);

    private static ExposureSeen Of(NetclawOptions options) => new(
        options.Exposure.ModeName, options.Auth.Mode.Name(), options.Listen.EndPoint.ToString(), options.Exposure.ExternalUrl?.ToString(), options.Exposure.TrustedProxies.Networks.Length,
        options.Exposure.Mode != ExposureMode.ReverseProxy || !IPAddress.IsLoopback(options.Listen.Address) || HasLoopback(options.Exposure.TrustedProxies));

    private static bool HasLoopback(NetworkSet proxies) => proxies.IsEmpty || proxies.Contains(IPAddress.Loopback) || proxies.Contains(IPAddress.IPv6Loopback)
        || proxies.Networks.Any(network => IPAddress.IsLoopback(network.BaseAddress));
}
