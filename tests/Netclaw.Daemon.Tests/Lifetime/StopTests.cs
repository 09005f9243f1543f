using System.Net;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Lifetime;

public sealed class StopTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task DrainsAndExitsWith0_WhenAnOperatorAsks()
    {
        var home = _temporary.Home;
        var running = DaemonHost.RunAsync(new DaemonArguments { Home = home.Root, Listen = IPEndPoint.Parse("127.0.0.1:0") }, null, CancellationToken.None, _ => { });
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (!File.Exists(home.RunFile))
        {
            Assert.False(running.IsCompleted);
            await Task.Delay(5, bound.Token);
        }

        var events = new List<string>();
        await using var owner = await GatewayHost.OpenAsync(GatewayEndpoint.OfHome(home), (name, _) => events.Add(name));
        await owner.ConnectAsync(new ConnectRequest { Client = TestDevice.Client }, CancellationToken.None).WaitAsync(GatewayHost.Bound);
        var stopping = await owner.CallAsync(DaemonStopResult.Method, ProtocolJson.Default.DaemonStopResult, CancellationToken.None).WaitAsync(GatewayHost.Bound);

        Assert.Equal((Environment.ProcessId, 10_000), (stopping.Pid, stopping.DrainBudgetMs));
        var closing = await owner.Closed.WaitAsync(GatewayHost.Bound);
        Assert.Equal((1012, "gateway_stopping"), (closing.Code, closing.Error.Code));
        Assert.Equal([ConnectChallenge.EventName, "shutdown", Closing.EventName], events);
        Assert.Equal(ExitCodes.Ok, await running.WaitAsync(GatewayHost.Bound));
        Assert.False(File.Exists(home.ControlSocket));
        Assert.Contains("asked by control:uid=", await File.ReadAllTextAsync(home.DaemonLog), StringComparison.Ordinal);
        Assert.Contains("\"action\":\"daemon.stop\"", await File.ReadAllTextAsync(home.AuditLog), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TakesTheBoundAddressesIntoTheRunFile()
    {
        await using var host = await GatewayHost.StartAsync("""{"gateway":{"name":"attic"}}""");
        var run = System.Text.Json.JsonSerializer.Deserialize(await File.ReadAllBytesAsync(host.Home.RunFile), LocalJson.Default.RunFile)!;

        Assert.Equal((Environment.ProcessId, "attic", host.Home.ControlSocket), (run.Pid, run.GatewayName, run.ControlSocket));
        Assert.Equal($"http://{host.Address}", Assert.Single(run.Endpoints));
        Assert.Equal("0600", FileFacts.OfPath(host.Home.ControlSocket)!.Value.ModeText);
        Assert.Equal("0700", FileFacts.OfPath(host.Home.RunDirectory)!.Value.ModeText);
    }

    [Fact]
    public async Task KeepsSecretsOutOfItsLogs()
    {
        string code;
        await using (var host = await GatewayHost.StartAsync("""{"logging":{"level":"Trace"}}"""))
        {
            using var phone = new TestDevice("phone");
            await using var owner = await host.OperatorAsync();
            var minted = await TestDevice.MintAsync(owner);
            code = minted.ToDisplay().Reveal();
            await using var connection = await GatewayHost.OpenAsync(host.Tcp);
            await phone.Pairing(connection).ByCodeAsync(minted, CancellationToken.None).WaitAsync(GatewayHost.Bound);
            await host.StopAsync();

            foreach (var file in new[] { host.Home.DaemonLog, host.Home.AuditLog })
            {
                var text = await File.ReadAllTextAsync(file);
                Assert.DoesNotContain(code[5..], text, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain(minted.Secret.Reveal(), text, StringComparison.OrdinalIgnoreCase);
            }
        }
    }
}
