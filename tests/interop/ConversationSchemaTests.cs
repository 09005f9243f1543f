using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>What the gateway says of conversations is of the protocol's published schema.</summary>
public sealed class ConversationSchemaTests
{
    private readonly Schema _schema = Clients.HasSmall ? new Schema() : null!;

    [WithReferenceClientFact]
    public async Task Conversations_AreOfThePublishedSchema()
    {
        await using var host = new Machine();
        var url = await host.UpAsync();
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();
        using var owner = ReferenceClient.Operator(url, withIdentity: false, "operator.read", "operator.write", "operator.admin");
        var calls = owner.Start(token, calls:
        [
            ("sessions.create", new JsonObject { ["key"] = "main", ["label"] = "Kitchen", ["message"] = "hello" }),
            ("chat.inject", new JsonObject { ["sessionKey"] = "main", ["message"] = "hello" }),
            ("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = "1.0" }),
            ("chat.history", new JsonObject { ["sessionKey"] = "main", ["cursor"] = "9.0" }),
            ("sessions.resolve", new JsonObject { ["label"] = "Kitchen" }), ("sessions.resolve", new JsonObject { ["label"] = "Cellar", ["allowMissing"] = true }),
            ("sessions.list", new JsonObject { ["archived"] = "all" }), ("sessions.delete", new JsonObject { ["key"] = "main" }),
        ]);

        _schema.Holds("SessionsCreateResult", await calls.ResultAsync());
        await calls.ResultAsync();
        _schema.Holds("ChatHistoryDeltaResult", await calls.ResultAsync());
        _schema.Holds("ChatHistoryResetResult", await calls.ResultAsync());
        _schema.Holds("SessionsResolveResult", await calls.ResultAsync());
        _schema.Holds("SessionsResolveResult", await calls.ResultAsync());
        _schema.Holds("SessionRow", Assert.Single((await calls.ResultAsync()).GetProperty("sessions").EnumerateArray()));
        _schema.Holds("SessionsDeleteResult", await calls.ResultAsync());
        await host.JsonAsync("down");
    }

    [WithReferenceClientFact]
    public void EventsOfTurns_AreOfThePublishedSchema()
    {
        var golden = Directory.EnumerateFiles(Path.Combine(Repository(), "tests", "Netclaw.Protocol.Tests", "Golden")).ToArray();
        foreach (var (prefix, definition) in (ReadOnlySpan<(string, string)>)[("ChatEvent.", "ChatEvent"), ("AgentEvent.", "AgentEvent"), ("SessionRow", "SessionRow")])
        {
            var files = golden.Where(file => Path.GetFileName(file).StartsWith(prefix, StringComparison.Ordinal)).ToArray();
            Assert.NotEmpty(files);
            Assert.All(files, file => _schema.Holds(definition, JsonElement.Parse(File.ReadAllBytes(file))));
        }

        static string Repository()
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Netclaw.sln")))
            {
                folder = Path.GetDirectoryName(folder) ?? throw new FileNotFoundException("the checkout's root");
            }

            return folder;
        }
    }
}
