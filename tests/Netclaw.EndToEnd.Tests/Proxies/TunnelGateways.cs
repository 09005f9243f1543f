using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>One gateway for each tunnel, and the stand-in for its agent.</summary>
public sealed class TunnelGateways : IAsyncLifetime
{
    private readonly Dictionary<string, (Machine Machine, StandInAgent Agent)> _gateways = new(StringComparer.Ordinal);

    internal Machine Machine(string exposure) => _gateways[exposure].Machine;

    internal StandInAgent Agent(string exposure) => _gateways[exposure].Agent;

    internal string Token(string exposure) => $$"""{"token":"{{File.ReadAllText(Path.Combine(Machine(exposure).Root, "keys", "gateway.token")).Trim()}}"}""";

    public Task InitializeAsync()
    {
        foreach (var shape in TunnelShape.All)
        {
            _gateways.Add(shape.Exposure, (new Machine(), new StandInAgent(shape)));
        }

        return Task.WhenAll(_gateways.Select(async entry =>
        {
            var (machine, agent) = entry.Value;
            await File.WriteAllTextAsync(machine.Home.ConfigFile, $$"""
                {
                  "exposure": { "mode": "{{entry.Key}}", "externalUrl": "http://{{agent.EndPoint}}", "skipTunnelProcessCheck": true },
                  "auth": { "sharedSecretScopes": { "local": ["admin"], "remote": ["read"] } }
                }
                """);
            await machine.UpAsync();
            agent.DeliverTo(machine.EndPoint);
        }));
    }

    public async Task DisposeAsync()
    {
        foreach (var (machine, agent) in _gateways.Values)
        {
            await agent.DisposeAsync();
            await machine.DisposeAsync();
        }
    }
}
