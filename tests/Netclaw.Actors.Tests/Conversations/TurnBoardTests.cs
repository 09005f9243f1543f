using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>How turns ended, for whoever waits for one.</summary>
public sealed class TurnBoardTests
{
    private static readonly ConversationKey Main = ConversationKey.MainOf("main");

    [Fact]
    public async Task WhoeverWaits_HearsTheEnd_HoweverManyOthersEndedBefore()
    {
        var board = new TurnBoard();
        var wait = board.WaitAsync(Main, "long", Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        for (var i = 0; i < 5_000; i++)
        {
            board.Ended(Done($"r{i}"));
        }

        board.Ended(Done("long"));

        Assert.Equal("long", (await wait.WaitAsync(TimeSpan.FromSeconds(30)))!.Run);
    }

    [Fact]
    public async Task WaitsForWhatNeverWas_PushNothingOut()
    {
        var board = new TurnBoard();
        board.Ended(Done("r1"));
        for (var i = 0; i < 5_000; i++)
        {
            Assert.Null(await board.WaitAsync(null, $"invented-{i}", TimeSpan.Zero, TimeProvider.System, CancellationToken.None));
        }

        Assert.NotNull(board.Find(Main, "r1"));
        Assert.Equal((1, 1, 0), board.Held);
    }

    [Fact]
    public async Task ANameThatTwoConversationsUse_MeansTheTurnThatWasAskedForLast_AndEachHasItsOwnEnd()
    {
        var (board, other) = (new TurnBoard(), ConversationKey.OfJob("tidy"));
        board.Asked(Main, "k1");
        board.Ended(Done("k1"));
        board.Asked(other, "k1");
        var wait = board.WaitAsync(null, "k1", Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        var mine = board.WaitAsync(Main, "k1", Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);

        Assert.Equal((Main, false), ((await mine.WaitAsync(TimeSpan.FromSeconds(30)))!.Key, wait.IsCompleted));
        board.Ended(new TurnEnded(other, "k1", new AgentOutcome.Cancelled("")));
        Assert.Equal(other, (await wait.WaitAsync(TimeSpan.FromSeconds(30)))!.Key);
        Assert.Equal((Main, other), (board.Find(Main, "k1")!.Key, board.Find(null, "k1")!.Key));
    }

    [Fact]
    public async Task WhoeverWaitsForATurnThatIsNotThereYet_HearsTheFirstOfThatName()
    {
        var board = new TurnBoard();
        var wait = board.WaitAsync(null, "soon", Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
        board.Asked(Main, "soon");
        board.Ended(Done("soon"));

        Assert.Equal(Main, (await wait.WaitAsync(TimeSpan.FromSeconds(30)))!.Key);
        Assert.Equal((1, 1, 0), board.Held);
    }

    [Fact]
    public void OnlyTheLatestEnds_AreKept()
    {
        var board = new TurnBoard();
        for (var i = 0; i < 10_000; i++)
        {
            board.Asked(Main, $"r{i}");
            board.Ended(Done($"r{i}"));
        }

        Assert.Equal((4_096, 4_096, 0), board.Held);
        Assert.NotNull(board.Find(null, "r9999"));
        Assert.Null(board.Find(null, "r0"));
    }

    private static TurnEnded Done(string run) => new(Main, run, new AgentOutcome.Completed("done", "stop", null));
}
