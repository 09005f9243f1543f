using Netclaw.Actors.Devices;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes;
using Netclaw.Cli.Nodes.Commands;
using Netclaw.Cli.Output;
using Netclaw.Cli.Profiles;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Nodes;

/// <summary><c>netclaw node run</c> and a gateway that comes and goes, on a clock that the test holds: a real gateway, real sockets, and waits of minutes that take none.</summary>
public sealed class NodeHostTests : IAsyncLifetime
{
    private const int Seed = 20_261_129;

    private readonly HeldTime _time = new();
    private readonly StringWriter _said = new();
    private readonly CancellationTokenSource _stop = new();
    private GatewayHost _host = null!;
    private DoorWire _door = null!;
    private CommandContext _context = null!;
    private Profile _profile = null!;

    /// <summary>Paired once, by a link; from then on there is nothing to ask anybody.</summary>
    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync();
        _door = new DoorWire(_host.Address);
        using var owner = new Person(_host.Home);
        var link = (await owner.RunAsync("nodes", "invite", "--public-url", _door.Address)).Expect().Json.GetProperty("link").GetString();
        var cli = new CliHost(
            name => name == NetclawHome.Variable ? Path.Combine(_host.Home.Root, "elsewhere") : null, new Terminal { Out = _said, Error = _said, In = TextReader.Null }, _time, "/nowhere");
        _context = NodeHome.Of(new CommandContext(cli, new GlobalValues(Json: false, null, null, null, Verbose: false)));
        _profile = await new NodePairing(_context, new RunNodeRequest(link, CodeFromInput: false, "den", Yes: true)).ProfileAsync(_stop.Token).WaitAsync(GatewayHost.Bound);
    }

    public async Task DisposeAsync()
    {
        await _stop.CancelAsync();
        await _door.DisposeAsync();
        await _host.DisposeAsync();
        _stop.Dispose();
        await _said.DisposeAsync();
    }

    [Fact]
    public async Task AGatewayThatIsAway_IsTriedAgain_EachTimeLater_UpToTheLongest_AndAtOnceAfterItWasThere()
    {
        var (waits, node) = Node();
        _door.Shut();
        var running = node.RunAsync(_stop.Token);
        foreach (var about in (double[])[1, 2, 4, 8, 16, 30, 30])
        {
            var wait = waits.Next();
            Assert.InRange(wait.TotalSeconds, about * 0.8, about * 1.2);
            await _time.PassAsync(wait);
        }

        var last = await _time.BegunAsync(waits.Next());
        Assert.False(node.WasLetIn);
        _door.Open();
        last();
        await ServesAsync();
        Assert.True(node.WasLetIn);

        waits.Reset();
        _door.Shut();
        var first = waits.Next();
        Assert.InRange(first.TotalSeconds, 0.8, 1.2);
        await _time.PassAsync(first);
        await _time.BegunAsync(waits.Next());
        Assert.False(running.IsCompleted, "a gateway that is away ends nothing");

        await _stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running).WaitAsync(GatewayHost.Bound);
    }

    [Fact]
    public async Task AKeyThatIsShutOut_EndsIt_AndNobodyIsAskedAnythingMeanwhile()
    {
        var (waits, node) = Node();
        var running = node.RunAsync(_stop.Token);
        await ServesAsync();
        for (var round = 0; round < 3; round++)
        {
            _door.Shut();
            waits.Reset();
            var again = await _time.BegunAsync(waits.Next());
            _door.Open();
            again();
            await ServesAsync();
        }

        var registry = _host.Service<RegistryView>().Current!;
        Assert.Empty(registry.Pending);
        Assert.Empty(registry.SurfaceRequests);
        Assert.Equal(2, registry.Devices.Count); // the host's own, and the node

        await using var owner = await _host.OperatorAsync();
        await owner.CallAsync(
            PairRemoveParams.Method, new PairRemoveParams(_profile.DeviceId), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, CancellationToken.None)
            .WaitAsync(GatewayHost.Bound);
        var shut = await Assert.ThrowsAsync<CommandFailure>(() => running).WaitAsync(GatewayHost.Bound);
        Assert.True(shut.Is(RefusalCode.DeviceRevoked), shut.Message);
    }

    private (Backoff Waits, NodeHost Node) Node()
    {
        var (one, other) = (new Random(Seed), new Random(Seed));
        var rules = NodeRulesFile.Read(Path.Combine(_context.Home.Root, NodeRules.FileName), "");
        var commands = NodeCommands.All(rules, _context.Screen.Line, null, _time);
        var operators = new AskOperators(new LastingRules(Path.Combine(_context.Home.Root, NodeRules.FileName), rules), _context.Screen);
        return (new Backoff(one.NextDouble), new NodeHost(_context, _profile, "den", commands, operators, new Backoff(other.NextDouble)));
    }

    /// <summary>It is let in, and waits until it tells its figures again.</summary>
    private Task ServesAsync() => _time.BegunAsync(TimeSpan.FromSeconds(60));
}
