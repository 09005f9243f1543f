using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Conversations with the real programs: what is said is kept, and where nobody can answer that is said clearly.</summary>
public sealed class ConversationTests
{
    [Fact]
    public async Task WithoutAnAgent_EveryPromptNamesTheTwoLines_AndTheRestWorks()
    {
        await using var host = new Machine();
        await host.UpAsync();

        foreach (var command in (string[][])[["chat", "-p", "hello"], ["sessions", "send", "main", "hello"]])
        {
            var refused = await host.RunAsync(command);
            Assert.Equal(ExitCodes.Config, refused.ExitCode);
            Assert.Contains("no_agent", refused.Error, StringComparison.Ordinal);
            Assert.Contains("\"agents\": {", refused.Error, StringComparison.Ordinal);
            Assert.Contains("\"main\": {\"runtime\": \"openai\"", string.Join(' ', refused.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
            Assert.Contains("netclaw config check", refused.Error, StringComparison.Ordinal);
        }

        Assert.Empty((await host.JsonAsync("sessions", "list")).GetProperty("sessions").EnumerateArray());
        Assert.Equal("conversation_not_found", JsonElement.Parse((await host.RunAsync("sessions", "history", "agent:main:kitchen", "--json")).Error).GetProperty("code").GetString());
    }

    [Fact]
    public async Task WhatIsSaid_IsListed_Read_Renamed_SurvivesAKill_AndIsDeleted()
    {
        await using var host = new Machine();
        await host.UpAsync();
        await InjectAsync(host, "Remember the milk.", "And the bread.");

        var row = Assert.Single((await host.JsonAsync("sessions", "list")).GetProperty("sessions").EnumerateArray());
        Assert.Equal(("agent:main:main", "And the bread.", 2), (row.GetProperty("key").GetString(), row.GetProperty("lastMessagePreview").GetString(), row.GetProperty("messageCount").GetInt32()));
        Assert.Equal("Shopping", (await host.JsonAsync("sessions", "rename", "main", "Shopping")).GetProperty("entry").GetProperty("label").GetString());
        var shown = (await host.RunAsync("sessions", "history", "main")).Out;
        Assert.Contains("Remember the milk.", shown, StringComparison.Ordinal);
        Assert.True(shown.IndexOf("milk", StringComparison.Ordinal) < shown.IndexOf("bread", StringComparison.Ordinal), shown);

        await host.KillAndRestartAsync();
        Assert.Equal("Shopping", Assert.Single((await host.JsonAsync("sessions", "list", "--search", "shop")).GetProperty("sessions").EnumerateArray()).GetProperty("label").GetString());
        var history = await host.JsonAsync("sessions", "history", "main");
        Assert.Equal([1, 2], history.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt32()));
        Assert.Empty((await host.JsonAsync("sessions", "history", "main", "--after", history.GetProperty("deltaCursor").GetString()!)).GetProperty("messages").EnumerateArray());

        (await host.RunAsync("sessions", "delete", "main", "--yes")).Expect(ExitCodes.Ok);
        await host.KillAndRestartAsync();
        Assert.Empty((await host.JsonAsync("sessions", "list")).GetProperty("sessions").EnumerateArray());
        var sound = (await host.RunAsync("doctor", "--only", "journal", "--json")).Expect(ExitCodes.Ok).Json();
        Assert.Equal("ok", Assert.Single(sound.GetProperty("checks").EnumerateArray()).GetProperty("state").GetString());
    }

    /// <summary>As a program of the owner's would.</summary>
    private static async Task InjectAsync(Machine host, params string[] messages)
    {
        await using var connection = await GatewayConnection.OpenAsync(GatewayEndpoint.OfHome(host.Home), new GatewayConnectionOptions(), CancellationToken.None);
        await connection.ConnectAsync(new ConnectRequest { Client = new ClientInfo { Id = "netclaw-test", Version = "1", Platform = "test" } }, CancellationToken.None);
        foreach (var message in messages)
        {
            var answer = await connection.CallAsync("chat.inject", JsonElement.Parse(new JsonObject { ["sessionKey"] = "main", ["message"] = message }.ToJsonString()), CancellationToken.None);
            Assert.True(answer.Ok, answer.Error?.Message);
        }
    }
}
