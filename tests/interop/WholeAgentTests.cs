using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Testing;

namespace Netclaw.Interop.Tests;

/// <summary>The released command line has this gateway's agent answer.</summary>
public sealed class WholeAgentTests
{
    [WithWholeClientFact]
    public async Task Agent_AnswersTheirCommandLine_InTheConversationThatOursSees()
    {
        await using var model = await LocalModel.StartAsync();
        await using var host = new Machine();
        File.WriteAllText(host.Home.ConfigFile, $$"""{ "agents": { "main": {{model.Entry()}} } }""");
        var url = (await host.UpAsync()).Replace("http://", "ws://", StringComparison.Ordinal);
        var client = new WholeClient(host, "client", (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim(), url);

        Assert.Contains("You said: hello from afar", await client.RunAsync("agent", "--agent", "main", "--message", "hello from afar"), StringComparison.Ordinal);

        var history = (await host.RunAsync("sessions", "history", "main")).Out;
        Assert.Contains("hello from afar", history, StringComparison.Ordinal);
        Assert.Contains("You said: hello from afar", history, StringComparison.Ordinal);
        Assert.Equal("parrot", (string)Assert.Single(model.Requests).Body["model"]!);
    }
}
