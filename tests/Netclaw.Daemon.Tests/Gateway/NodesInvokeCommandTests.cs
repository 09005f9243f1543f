using System.Text.Json.Nodes;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary><c>netclaw nodes invoke</c> against a daemon and a node that answers with what it was given.</summary>
public sealed class NodesInvokeCommandTests : IAsyncLifetime
{
    private const string Bins = """{"bins":["git"]}""";

    private readonly TestDevice _key = new("den");
    private GatewayHost _host = null!;
    private Peer _node = null!;
    private Task _answering = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _host = await GatewayHost.StartAsync();
        _node = await Peer.NodeAsync(_host, native: true, _key, "system.which");
        await Peer.ApproveAsync(_host, _node.NodeId);
        _answering = EchoAsync();
    }

    public async Task DisposeAsync()
    {
        await _node.DisposeAsync();
        await _answering.WaitAsync(GatewayHost.Bound);
        await _host.DisposeAsync();
        _key.Dispose();
    }

    [Fact]
    public async Task TheAnswer_IsPrintedForPeople_AndWholeAsJson()
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var host = new CliHost(
            name => name == "NETCLAW_HOME" ? _host.Home.Root : null, new Terminal { Out = output, Error = error, In = TextReader.Null }, TimeProvider.System, "/nowhere");
        Assert.True(await CommandLine.RunAsync(["nodes", "invoke", "den", "system.which", "--params", Bins], host).WaitAsync(GatewayHost.Bound) == ExitCodes.Ok, error.ToString());
        Assert.Equal("{\n  \"bins\": [\n    \"git\"\n  ]\n}\n", output.ToString());

        using var person = new Person(_host.Home);
        var said = (await person.RunAsync("nodes", "invoke", _node.NodeId[..8], "system.which", "--timeout", "5")).Expect().Json;
        Assert.Equal((true, _node.NodeId, "system.which"), (said.GetProperty("ok").GetBoolean(), said.GetProperty("nodeId").GetString(), said.GetProperty("command").GetString()));
        Assert.False(said.TryGetProperty("payload", out _));
    }

    [Fact]
    public async Task WhatTheCommandTakes_ComesFromAFileOrStdin_AsWell()
    {
        using var person = new Person(_host.Home);
        var file = Path.Combine(_host.Home.Root, "which.json");
        await File.WriteAllTextAsync(file, Bins);

        var read = (await person.RunAsync("nodes", "invoke", "den", "system.which", "--params", "@" + file)).Expect().Json;
        var typed = (await person.TypeAsync(Bins, "nodes", "invoke", "den", "system.which", "--params", "-")).Expect().Json;

        Assert.All([read, typed], said => Assert.Equal("git", said.GetProperty("payload").GetProperty("bins")[0].GetString()));
        Assert.Equal("node_command_not_allowed", (await person.RunAsync("nodes", "invoke", "den", "device.info")).Failure.Code);
        Assert.Equal("device_not_found", (await person.RunAsync("nodes", "invoke", "nobody", "device.info")).Failure.Code);
    }

    private async Task EchoAsync()
    {
        while (await _node.NextAsync(NodeInvokeRequestEvent.EventName) is { } asked)
        {
            var answer = new JsonObject { ["id"] = asked.GetProperty("id").GetString(), ["nodeId"] = _node.NodeId, ["ok"] = true };
            if (asked.TryGetProperty("paramsJSON", out var given))
            {
                answer["payloadJSON"] = given.GetString();
            }

            await _node.GetAsync(NodeInvokeResultParams.Method, answer);
        }
    }
}
