using System.Text.Json;
using Akka.Actor;
using Akka.Hosting;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Hosting;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Conversations;

/// <summary><c>netclaw sessions history</c> of a conversation that is longer than what the daemon holds of it.</summary>
public sealed class LongHistoryTests
{
    private const int Messages = ConversationLimits.HeldMessages + 150;

    [Fact]
    public async Task EverythingThatWasSaid_CanBeRead_AtOnceOrPageByPage()
    {
        await using var host = await GatewayHost.StartAsync();
        await FillAsync(host);
        using var person = new Person(host.Home);

        var all = (await person.RunAsync("sessions", "history", "main", "--all")).Expect().Json;
        Assert.Equal(Enumerable.Range(1, Messages), Numbers(all));
        Assert.Equal((Messages, "message 1"), (all.GetProperty("totalMessages").GetInt32(), all.GetProperty("messages")[0].GetProperty("content")[0].GetProperty("text").GetString()));

        Assert.Equal(Enumerable.Range(92, 9), Numbers((await person.RunAsync("sessions", "history", "main", "--before", "101", "--limit", "9")).Expect().Json));
        Assert.Equal(Enumerable.Range(1, 4), Numbers((await person.RunAsync("sessions", "history", "main", "--before", "5", "--all")).Expect().Json));
        Assert.Empty(Numbers((await person.RunAsync("sessions", "history", "main", "--before", "1")).Expect().Json));
        var latest = (await person.RunAsync("sessions", "history", "main", "--limit", "2")).Expect().Json;
        Assert.Equal([Messages - 1, Messages], Numbers(latest));
        var forwards = (await person.RunAsync("sessions", "history", "main", "--after", "1.40", "--limit", "3")).Expect().Json;
        Assert.Equal(("delta", "1.43"), (forwards.GetProperty("kind").GetString(), forwards.GetProperty("deltaCursor").GetString()));
        Assert.Equal([41, 42, 43], Numbers(forwards));
        Assert.Equal("usage_error", (await person.RunAsync("sessions", "history", "main", "--after", "1.40", "--all")).Failure.Code);
    }

    private static IEnumerable<int> Numbers(JsonElement history) => history.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("seq").GetInt32());

    private static async Task FillAsync(GatewayHost host)
    {
        var conversations = host.Service<IReadOnlyActorRegistry>().Get<ConversationsKey>();
        await Task.WhenAll(Enumerable.Range(1, Messages).Select(i => conversations.Ask<ConversationReply.Appended>(
            new ConversationCommand.Append(i, DateTimeOffset.UnixEpoch, ConversationKey.MainOf("main"), new Actors.Conversations.Said(Speaker.System, $"message {i}", "test"), $"once-{i}"), GatewayHost.Bound)));
    }
}
