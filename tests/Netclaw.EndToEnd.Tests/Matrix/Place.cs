using System.Net;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>One daemon in one combination, with what stands in front of it; the checks share it.</summary>
internal sealed class Place(Combination combination) : IAsyncDisposable
{
    private readonly Dictionary<Way, Gate> _gates = [];
    private readonly List<IAsyncDisposable> _fronts = [];
    private readonly Assertion _assertion = new();

    public Combination Combination => combination;

    public Machine Machine { get; } = new();

    /// <summary>What a start came to that is to be refused.</summary>
    public Finished? Refusal { get; private set; }

    public Gate At(Way way) => _gates[way];

    /// <summary>The way by which everybody else comes.</summary>
    public Gate Outside => At(combination.HasFront ? Way.Front : Way.Listener);

    public ConnectAuth Secret(bool right) => combination.Auth switch
    {
        "token" => new ConnectAuth { Token = new Secret(right ? File.ReadAllText(Machine.Home.GatewayTokenFile).Trim() : new string('A', 43)) },
        "password" => new ConnectAuth { Password = new Secret(right ? PlaceConfiguration.Password : "incorrect horse battery") },
        _ => throw new InvalidOperationException($"{combination} knows no secret"),
    };

    /// <summary>A connection of the owner's, on the control socket.</summary>
    public async Task<GatewayConnection> OwnerAsync(Action<string, JsonElement>? heard = null)
    {
        var connection = await GatewayConnection.OpenAsync(GatewayEndpoint.OfHome(Machine.Home), new GatewayConnectionOptions { OnEvent = heard }, default);
        var welcome = Assert.IsType<ConnectOutcome.Welcomed>(await connection.ConnectAsync(new ConnectRequest { Client = new ClientInfo { Id = "test", Version = "1", Platform = "test" } }, default));
        Assert.Equal("control-socket", welcome.Hello.Auth.Method);
        return connection;
    }

    /// <summary>What the owner is told; no process of its own for what is not tried here.</summary>
    public async Task<JsonElement> AskAsync(string method, string parameters)
    {
        await using var connection = await OwnerAsync();
        var answer = await connection.CallAsync(method, JsonElement.Parse(parameters), default);
        Assert.True(answer.Ok, answer.Error?.Message);
        return answer.Payload!.Value;
    }

    public async Task StartAsync()
    {
        Machine.Variables["HOME"] = Machine.Root; // where programs may be started
        if (!combination.Starts)
        {
            await ConfigureAsync(FreeEndPoint.OnLoopback());
            Refusal = await Machine.RunAsync("daemon", "start", "--json");
        }
        else if (combination.IsReverseProxy)
        {
            await BehindNginxAsync();
        }
        else if (combination.HasFront)
        {
            await BehindTunnelAsync(TunnelShape.All.Single(shape => shape.Exposure == combination.Exposure));
        }
        else
        {
            await UpAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var front in _fronts)
        {
            await front.DisposeAsync();
        }

        await Machine.DisposeAsync();
        _assertion.Dispose();
    }

    private async Task BehindNginxAsync()
    {
        var address = FreeEndPoint.OnLoopback();
        await UpAsync(address);
        foreach (var (way, file) in ((Way, ReadyMade)[])[(Way.Front, ReadyMade.Nginx), (Way.Other, ReadyMade.NginxUsers)])
        {
            var proxy = await Proxy.StartAsync(file, Machine.EndPoint, null, () => FreeEndPoint.On(address.Address));
            _fronts.Add(proxy);
            _gates.Add(way, Gate.Of(proxy));
        }
    }

    private async Task BehindTunnelAsync(TunnelShape shape)
    {
        var front = Stand(Way.Front, With(shape, _assertion));
        using var foreign = new Assertion();
        var other = Stand(Way.Other, With(shape with { Added = [.. shape.Added.Select(line => line.Replace("alice@", "mallory@", StringComparison.Ordinal))] }, foreign));
        await UpAsync(front.EndPoint, other.EndPoint);
        front.DeliverTo(Machine.EndPoint);
        other.DeliverTo(Machine.EndPoint);
    }

    private StandInAgent Stand(Way way, TunnelShape shape)
    {
        var agent = new StandInAgent(shape);
        _fronts.Add(agent);
        _gates.Add(way, Gate.Of(agent));
        return agent;
    }

    /// <summary>Behind an access service, which Tailscale's tunnels do not have.</summary>
    private static TunnelShape With(TunnelShape shape, Assertion assertion) =>
        shape.Exposure == TunnelShape.Cloudflared.Exposure ? shape with { Added = [.. shape.Added, assertion.Line()] } : shape;

    private async Task UpAsync(params IPEndPoint[] fronts)
    {
        await ConfigureAsync(fronts);
        await Machine.UpAsync();
        _gates.Add(Way.Listener, Gate.Of(Machine));
    }

    private Task ConfigureAsync(params IPEndPoint[] fronts) => File.WriteAllTextAsync(Machine.Home.ConfigFile, PlaceConfiguration.Of(combination, Machine, fronts, _assertion));
}
