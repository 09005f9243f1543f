using System.Collections.Immutable;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>What clients send about conversations, and what lists show of them.</summary>
public sealed class ReadingTests
{
    private static readonly ImmutableArray<AgentDescription> Helper = [new("helper", "Helper", "acp", null)];

    [Theory]
    [InlineData("main", null, "agent:helper:main")]
    [InlineData("Main", null, "agent:helper:main")]
    [InlineData("kitchen", "other", "agent:other:kitchen")]
    [InlineData("agent:other:main", null, "agent:other:main")]
    [InlineData("cron:tidy", null, "cron:tidy")]
    [InlineData("", null, null)]
    [InlineData("two words", null, null)]
    [InlineData("agent:x", null, null)]
    public void AKey_IsWhole_OrTheLastPartOfOne(string text, string? agent, string? meant)
    {
        Assert.Equal(meant is not null, KeyReading.TryRead(text, agent, Helper, out var key));
        Assert.Equal(meant ?? "", key.ToString());
    }

    [Fact]
    public void Main_IsTheFallbackAgents_WhereNoneIsConfigured()
    {
        Assert.True(KeyReading.TryRead("main", null, [], out var key));
        Assert.Equal("agent:main:main", key.ToString());
    }

    [Theory]
    [InlineData("3.17", true)]
    [InlineData("0.0", true)]
    [InlineData("3", false)]
    [InlineData("3.17.1", false)]
    [InlineData("3.-1", false)]
    [InlineData("", false)]
    public void ACursor_IsReadWholeOrNotAtAll(string text, bool good) => Assert.Equal(good, HistoryCursor.TryParse(text, out _));

    [Theory]
    [InlineData(3, 4, true)]
    [InlineData(3, 10, true)]
    [InlineData(3, 0, true)]
    [InlineData(3, 11, false)]
    [InlineData(2, 5, false)]
    public void ACursor_IsGood_ForTheSameTranscript_AsFarAsItHasCome(long generation, long sequence, bool good)
    {
        var page = new ConversationReply.Page(1, new ConversationId(ConversationKey.MainOf("main"), 3), 10, []);
        Assert.Equal(good, new HistoryCursor(generation, sequence).IsIn(page));
    }

    [Fact]
    public void APreview_IsOneLine_AndNeverHalfASymbol()
    {
        Assert.Equal("a b c", ConversationFacts.PreviewOf("a\nb\tc"));
        Assert.Null(ConversationFacts.PreviewOf(null));
        var cut = ConversationFacts.PreviewOf(new string('x', ConversationLimits.PreviewCharacters - 1) + "😀 and more");
        Assert.Equal(ConversationLimits.PreviewCharacters - 1, cut!.Length);
    }

    [Fact]
    public void Followers_AreToldOnce_AndNoMoreWhenTheyAreGone()
    {
        var followers = new Followers();
        var (one, two, key) = (SessionId.New(), SessionId.New(), ConversationKey.MainOf("main"));
        followers.Follow(one);
        Assert.True(followers.Follow(one, key));
        followers.Follow(one, key, "r1");
        Assert.True(followers.Follow(two, key));

        Assert.Equal(new HashSet<SessionId> { one, two }, followers.Of(key, "r1").ToHashSet());
        Assert.Equal([one], followers.OfEverything());
        followers.Unfollow(two, key);
        Assert.Equal([one], followers.Of(key, null, everything: false));
        followers.Leave(one);
        Assert.Empty(followers.Of(key, "r1"));
        Assert.Equal(0, followers.Runs);
        for (var i = 0; i < ConversationLimits.Subscriptions; i++)
        {
            Assert.True(followers.Follow(two, ConversationKey.OfJob($"job-{i}")));
        }

        Assert.True(followers.Follow(two, ConversationKey.OfJob("job-0")));
        Assert.False(followers.Follow(two, ConversationKey.OfJob("one-more")));
    }

    [Fact]
    public void ARun_IsFollowedInItsOwnConversation_UntilItIsOver()
    {
        var followers = new Followers();
        var (one, two, here, there) = (SessionId.New(), SessionId.New(), ConversationKey.MainOf("main"), ConversationKey.OfJob("tidy"));
        followers.Follow(one, here, "k1");
        followers.Follow(two, there, "k1");

        Assert.Equal([one], followers.Of(here, "k1"));
        followers.Forget(here, "k1");
        Assert.Equal([two], followers.Of(there, "k1"));
        followers.Unfollow(two, there, "k1");
        Assert.Equal(0, followers.Runs);
    }

    [Theory]
    [InlineData("{}", "kitchen,old,other,cron")]
    [InlineData("""{"agentId": "main"}""", "kitchen,old")]
    [InlineData("""{"agentId": "nobody"}""", "")]
    [InlineData("""{"label": "Kitchen"}""", "kitchen")]
    [InlineData("""{"label": "kitchen"}""", "")]
    [InlineData("""{"activeMinutes": 60}""", "kitchen,other,cron")]
    [InlineData("""{"activeMinutes": 120}""", "kitchen,old,other,cron")]
    [InlineData("""{"agentId": "main", "activeMinutes": 60, "search": "ITCH"}""", "kitchen")]
    [InlineData("""{"archived": true}""", "gone")]
    [InlineData("""{"archived": "all", "agentId": "main"}""", "kitchen,old,gone")]
    public void AList_ShowsWhatIsMeant(string wanted, string shown)
    {
        var now = DateTimeOffset.UnixEpoch.AddDays(1);
        var rows = new Dictionary<string, ConversationRow>
        {
            ["kitchen"] = Row("agent:main:kitchen", now.AddMinutes(-60)) with { Label = "Kitchen" },
            ["old"] = Row("agent:main:old", now.AddMinutes(-61)),
            ["gone"] = Row("agent:main:gone", now) with { ArchivedAt = now },
            ["other"] = Row("agent:other:main", now),
            ["cron"] = Row("cron:tidy", now),
        };
        var asked = System.Text.Json.JsonSerializer.Deserialize(wanted, ProtocolJson.Default.SessionsListParams)!;

        Assert.Equal(
            shown.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), rows.Where(row => Methods.ConversationsHandler.IsMeant(row.Value, asked, now)).Select(row => row.Key).Order());
    }

    /// <summary>Long begun, and something was said at <paramref name="updated"/>.</summary>
    private static ConversationRow Row(string key, DateTimeOffset updated) => new(
        new ConversationId(ConversationKey.TryParse(key, out var parsed) ? parsed : throw new ArgumentException(key), 1), DateTimeOffset.UnixEpoch, null, null, new ConversationFacts(1, updated, "hello"));
}
