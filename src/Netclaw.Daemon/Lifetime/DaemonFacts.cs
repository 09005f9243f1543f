using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Http;
using Netclaw.Daemon.Keys;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

/// <summary>What the process knows of itself, for <c>status</c> and for pairing instructions.</summary>
public sealed class DaemonFacts(NetclawHome home, string? sharedSocket, NetclawOptions options, BoundAddresses bound, Readiness readiness, DateTimeOffset startedAt, StartNotices notices,
    HeadKeeper? heads = null)
    : IDaemonFacts, IEndpointNames
{
    public string Exposure => options.Exposure.ModeName;

    public string AuthMode => options.Auth.Mode.Name();

    public string Phase => readiness.Phase;

    public int ProcessId => Environment.ProcessId;

    public DateTimeOffset StartedAt => startedAt;

    public ImmutableArray<string> Endpoints => [.. bound.All.Select(endpoint => $"http://{endpoint}")];

    public string? ControlSocket => home.ControlSocket;

    public string? SharedSocket => sharedSocket;

    public string JournalProvider => options.Persistence.UsesPostgres ? "PostgreSQL" : "SQLite";

    public string? MarkProblem => heads?.Problem;

    public StartNotices Notices => notices;

    public EndpointName ForOtherDevices => options.Exposure switch
    {
        { ExternalUrl: { } external } => new EndpointName(external, null),
        { Mode: ExposureMode.Local } => new EndpointName(Bound, Set("the gateway listens on loopback, which only this machine reaches", "the address that other machines use")),
        { Mode: ExposureMode.ReverseProxy } => new EndpointName(Bound, Set("other machines come through the proxy, whose address the gateway cannot know", "the proxy's url")),
        _ => new EndpointName(Bound, Set("other machines come through the tunnel, whose name the gateway cannot know", "the tunnel's url")),
    };

    /// <summary>Null before anything is bound, and for a wildcard, which is nobody's address.</summary>
    private Uri? Bound => bound.All.FirstOrDefault(endpoint => !endpoint.Address.Equals(IPAddress.Any) && !endpoint.Address.Equals(IPAddress.IPv6Any)) is { } endpoint
        ? new Uri($"http://{endpoint}")
        : null;

    private static string Set(string seen, string what) => $"{seen}; set exposure.externalUrl to {what}";
}
