using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Evidence;
using Netclaw.Daemon.Http;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Lifetime;

/// <summary>What the process knows of itself, for <c>status</c> and for pairing instructions.</summary>
public sealed class DaemonFacts(NetclawHome home, string? sharedSocket, NetclawOptions options, BoundAddresses bound, Readiness readiness, DateTimeOffset startedAt)
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

    public EndpointName ForOtherDevices
    {
        get
        {
            if (options.Exposure.ExternalUrl is { } external)
            {
                return new EndpointName(external, null);
            }

            const string Missing = "the gateway listens on loopback, which only this machine reaches; set exposure.externalUrl to the address that other machines use";
            return bound.All.FirstOrDefault(endpoint => IPAddress.IsLoopback(endpoint.Address)) is { } loopback
                ? new EndpointName(new Uri($"http://{loopback}"), Missing)
                : new EndpointName(null, "the gateway is not bound to an address yet");
        }
    }
}
