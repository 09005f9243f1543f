using System.Net;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>
/// Two gateways on this machine, docs/guides/proxies/netclaw.json and netclaw-users.json, and in front of each every ready-made proxy that goes with it, on
/// another host of the test's own.
/// </summary>
public sealed class OtherHostGateways : IAsyncLifetime
{
    private readonly Dictionary<string, Proxy> _proxies = new(StringComparer.Ordinal);
    private NetworkPair? _pair;

    internal NetworkPair Pair => _pair!;

    /// <summary>auth.mode "token"; a shared token lets read.</summary>
    internal Machine Plain { get; } = new();

    /// <summary>auth.mode "trusted-proxy".</summary>
    internal Machine Users { get; } = new();

    /// <summary>The ready-made proxy in front of the gateway that it goes with.</summary>
    internal Proxy this[string file] => _proxies[file];

    /// <summary>Forwards bytes to the gateway that believes what its proxy says of users.</summary>
    internal Proxy BytesToUsers => _proxies["bytes to users"];

    /// <summary>Where clients beside the proxy begin: an address that is neither the gateway's nor the proxy's.</summary>
    internal async Task<RawHub> OpenFromNeighbourAsync(Proxy proxy, params string[] lines) => await RawHub.OpenAsync(
        await RawConnection.OpenAsync(proxy, await Pair.SocketAtAsync(Pair.Neighbour)), [.. proxy.Configuration.AsksForUser ? [TestUser.Authorization] : Array.Empty<string>(), .. lines]);

    internal Task<Proxy> StartAsync(ReadyMade file, Machine gateway, Func<string, string>? change = null) =>
        Proxy.StartAsync(file, gateway.EndPoint, change, FreeThere, Pair.Namespace);

    internal async Task UpAsync(Machine machine, string file, Action<JsonObject>? change = null)
    {
        await File.WriteAllTextAsync(machine.Home.ConfigFile, GatewayConfiguration.Render(file, Pair.Gateway, Pair.Proxy, change));
        await machine.UpAsync(new IPEndPoint(Pair.Gateway, 0));
    }

    public async Task InitializeAsync()
    {
        if (ProxyProgram.Missing() is not null || NetworkPair.Missing is not null)
        {
            return;
        }

        _pair = NetworkPair.Create();
        await Task.WhenAll(
            UpAsync(Plain, GatewayConfiguration.Plain, content => content["auth"] = JsonNode.Parse("""{ "sharedSecretScopes": { "remote": ["read"] } }""")),
            UpAsync(Users, GatewayConfiguration.Users));
        var started = await Task.WhenAll(ReadyMade.All.Select(async file => (file.File, proxy: await StartAsync(file, file.AsksForUser ? Users : Plain))));
        foreach (var (file, proxy) in started)
        {
            _proxies.Add(file, proxy);
        }

        _proxies.Add("bytes to users", await StartAsync(ReadyMade.HaProxyTcp, Users));
    }

    public async Task DisposeAsync()
    {
        foreach (var proxy in _proxies.Values)
        {
            await proxy.DisposeAsync();
        }

        await Plain.DisposeAsync();
        await Users.DisposeAsync();
        _pair?.Dispose();
    }

    /// <summary>Ports of the other host are its own: what is free here need not be free there, and the proxy says so.</summary>
    private IPEndPoint FreeThere() => new(Pair.Proxy, Random.Shared.Next(20_000, 60_000));
}
