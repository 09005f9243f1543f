using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Methods;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary><c>features.methods</c> of the greeting is what is served, asked over the wire.</summary>
public sealed class ServedMethodsTests
{
    private const string DaemonStop = "daemon.stop";

    /// <summary>Of the protocol, or nearly so, and not served here.</summary>
    private static readonly string[] Unserved =
        ["config.set", "config.patch", "terminal.open", "talk.mode", "channels.status", "update.run", "node.pair.request", "node.pair.verify", "cron.delete", "Health", "health ", "pair.begin.now"];

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Node)]
    public async Task EveryMethodThatIsNamed_IsServed_AndNoOther(Role role)
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);
        var named = await ConnectAsync(client, host, role);
        Assert.Equal(role == Role.Operator, named.Contains(DaemonStop));
        Assert.Equal(role == Role.Node, named.Contains(NodeInvokeResultParams.Method));

        foreach (var method in named.OrderBy(method => method == DaemonStop)) // which ends the conversation
        {
            // Nothing that a method takes, so that it does nothing: whether there is one is the question.
            var answer = await client.CallAsync(method, method, JsonValue.Create(7));
            Assert.False(IsUnknown(answer), $"{method}: {answer.GetRawText()}");
        }
    }

    [Theory]
    [InlineData(Role.Operator)]
    [InlineData(Role.Node)]
    public async Task WhatIsNotNamed_IsUnknown_OrAnotherRoles(Role role)
    {
        await using var host = await GatewayHost.StartAsync();
        using var client = await ProtocolClient.OpenAsync(host.Address);
        var named = await ConnectAsync(client, host, role);

        Assert.Empty(named.Intersect(Unserved));
        foreach (var method in Unserved)
        {
            var error = (await client.CallAsync(method, method)).GetProperty("error");
            Assert.Equal(("INVALID_REQUEST", $"unknown method: {method}"), (error.GetProperty("code").GetString(), error.GetProperty("message").GetString()));
        }

        // A client may be told ten times that a method is another role's, and is sent away the next time.
        foreach (var method in MethodCatalogue.Default.Methods.Where(method => method.Role is { } other && other != role && !method.NodesToo).Select(method => method.Name).Take(10))
        {
            Assert.DoesNotContain(method, named);
            var answer = await client.CallAsync(method, method);
            Assert.Equal("role_not_allowed", Peer.Code(answer));
        }
    }

    private static bool IsUnknown(JsonElement answer) =>
        answer.TryGetProperty("error", out var error) && error.GetProperty("message").GetString()!.StartsWith("unknown method", StringComparison.Ordinal);

    private static async Task<string[]> ConnectAsync(ProtocolClient client, GatewayHost host, Role role)
    {
        var hello = role == Role.Node ? ProtocolClient.Hello("node-host", "node", "node") : ProtocolClient.Hello(scopes: "operator.admin");
        hello["auth"] = new JsonObject { ["token"] = (await File.ReadAllTextAsync(host.Home.GatewayTokenFile)).Trim() };
        var answer = await client.ConnectAsync(role == Role.Node ? client.Signed(hello, new ProtocolDevice()) : hello);
        return [.. Peer.Payload(answer).GetProperty("features").GetProperty("methods").EnumerateArray().Select(method => method.GetString()!)];
    }
}
