using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>Whoever listens hears how it ends, also when the conversation itself goes.</summary>
public sealed class FollowedTurnTests : ConversationActorTest
{
    [Fact]
    public void WhatIsBegunAndDeletedInOneWrite_IsTold_AndTheCatalogueGoesOn()
    {
        Start();
        var (session, heard) = Connect();
        Followers.Follow(session);
        Append("elsewhere");
        for (var i = 0; i < 20; i++)
        {
            var (first, both) = (ConversationKey.OfJob($"first-{i}"), ConversationKey.OfJob($"both-{i}"));
            Conversations.Tell(new ConversationCommand.Begin(1, Now, first, null), Asker.Ref); // while this is written, the others come
            Conversations.Tell(new ConversationCommand.Begin(2, Now, both, null), Asker.Ref);
            Conversations.Tell(new ConversationCommand.Delete(3, Now, both), Asker.Ref);
            Assert.Equal([1L, 2L, 3L], Enumerable.Range(0, 3).Select(_ => Asker.ExpectMsg<ConversationReply>(Longest).CommandId).Order());
            var told = new List<(string?, string?)>();
            do
            {
                var changed = Hear(heard, SessionsChangedEvent.EventName);
                told.Add((changed.GetProperty("sessionKey").GetString(), changed.GetProperty("reason").GetString()));
            }
            while (told[^1] != (both.ToString(), "delete"));

            Assert.Equal([(both.ToString(), "create"), (both.ToString(), "delete")], told.Where(each => each.Item1 == both.ToString()));
        }

        Append("and once more");
        Assert.Equal(2, Rows.Current![Main].Facts.Messages);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("reset")]
    public async Task AConversationThatGoes_CancelsItsTurns_AndEverybodyHears(string how)
    {
        Start();
        var (asker, asked) = Connect();
        var (other, heard) = Connect();
        Followers.Follow(other, Main);
        foreach (var run in (string[])["r1", "r2"])
        {
            Followers.Follow(asker, Main, run);
            Prompt("hello", run);
        }

        var turn = await NextTurnAsync();
        turn.Sink.Delta("half");
        while (!Hear(heard, ChatEvent.EventName).TryGetProperty("deltaText", out _))
        {
        }

        Ask<ConversationReply>(id => how == "delete" ? new ConversationCommand.Delete(id, Now, Main) : new ConversationCommand.Reset(id, Now, Main));

        await turn.StoppingAsync();
        Assert.All(new[] { Ended(), Ended() }, ended => Assert.IsType<AgentOutcome.Cancelled>(ended.Outcome));
        foreach (var run in (string[])["r1", "r2"])
        {
            foreach (var connection in (Akka.TestKit.TestProbe[])[asked, heard])
            {
                var last = Hear(connection, ChatEvent.EventName);
                while (last.GetProperty("state").GetString() is "status" or "delta")
                {
                    last = Hear(connection, ChatEvent.EventName);
                }

                Assert.Equal(
                    (run, "aborted", how == "delete" ? "deleted" : how),
                    (last.GetProperty("runId").GetString(), last.GetProperty("state").GetString(), last.GetProperty("stopReason").GetString()));
            }

            Assert.IsType<AgentOutcome.Cancelled>(Board.Find(Main, run)!.Outcome);
        }

        Assert.Equal(0, Followers.Runs);
    }

    [Fact]
    public async Task AJournalThatIsAway_AtTheEndOfATurn_LosesIt_AndEverybodyHears()
    {
        Start();
        var (asker, asked) = Connect();
        foreach (var run in (string[])["r1", "r2"])
        {
            Followers.Follow(asker, Main, run);
            Prompt("hello", run);
        }

        var turn = await NextTurnAsync();
        Sql("journal", "ALTER TABLE journal RENAME TO elsewhere");
        turn.Answer("never to be written");

        Assert.All(new[] { Ended(), Ended() }, ended => Assert.IsType<AgentOutcome.Lost>(ended.Outcome));
        foreach (var run in (string[])["r1", "r2"])
        {
            var last = Hear(asked, ChatEvent.EventName);
            while (last.GetProperty("state").GetString() is "status" or "delta")
            {
                last = Hear(asked, ChatEvent.EventName);
            }

            Assert.Equal((run, "error"), (last.GetProperty("runId").GetString(), last.GetProperty("state").GetString()));
        }

        Assert.Equal(0, Followers.Runs);

        Sql("journal", "ALTER TABLE elsewhere RENAME TO journal");
    }

    [Fact]
    public async Task AnotherAbort_DoesNotGiveAStuckAgentMoreTime()
    {
        Start();
        Prompt("hello", "r1");
        var turn = await NextTurnAsync();
        Ask<ConversationReply.Aborted>(id => new ConversationCommand.Abort(id, Now, Main, null));
        await turn.StoppingAsync();
        Clock.Advance(ConversationLimits.StopGrace - TimeSpan.FromSeconds(1));
        Ask<ConversationReply.Aborted>(id => new ConversationCommand.Abort(id, Now, Main, null));
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.IsType<AgentOutcome.Cancelled>(Ended().Outcome);
    }
}
