using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>Turns of agents, with agents that do what the test says.</summary>
public sealed class TurnTests : ConversationActorTest
{
    [Fact]
    public async Task ATurn_IsWrittenBeforeItIsToldAsOver()
    {
        Start();
        Assert.Equal((0, 1L), (Prompt("hello", "r1").Position, Ask<ConversationReply.Accepted>(id => Prompting(id, "hello", "r1")).Sequence));
        var turn = await NextTurnAsync();
        turn.Sink.ToolCalled("c1", "nodes_list", System.Text.Json.JsonElement.Parse("{}"));
        turn.Sink.ToolAnswered("c1", "nodes_list", new ToolAnswer(true, "none"));
        turn.Answer("hi");

        var ended = Ended();
        Assert.Equal((Main, "r1", "hi"), (ended.Key, ended.Run, Assert.IsType<AgentOutcome.Completed>(ended.Outcome).Text));
        Assert.Equal(["hello", "none", "hi"], Texts());
        Assert.Equal(TurnEnd.Completed, Prompt("hello", "r1").Ended);
        Assert.Equal(1, Agents.Started);
    }

    [Fact]
    public async Task TurnsOfOneConversation_RunOneAfterTheOther_AndNoMoreThanSoManyWait()
    {
        Start();
        for (var i = 0; i < ConversationLimits.OpenTurns; i++)
        {
            Assert.Equal(i, Prompt($"question {i}", $"r{i}").Position);
        }

        Assert.Equal(RefusalCode.ConversationBusy, Ask<ConversationReply.Refused>(id => Prompting(id, "one more", "r99")).Code);
        for (var i = 0; i < ConversationLimits.OpenTurns; i++)
        {
            var turn = await NextTurnAsync();
            Assert.Equal(($"r{i}", i + 1), (turn.Turn.Run, Agents.Started));
            turn.Answer($"answer {i}");
            Assert.Equal($"r{i}", Ended().Run);
        }
    }

    [Fact]
    public async Task WhatAnAgentRemembers_IsGivenBackToIt_AlsoAcrossRestarts_WithWhatWasSaidSince()
    {
        Start();
        Prompt("hello", "r1");
        var first = await NextTurnAsync();
        Assert.Null(first.Turn.Session);
        first.End(new AgentOutcome.Completed("hi", "stop", null) { Session = "s-9" });
        Ended();
        Append("tea is ready");
        Crash();

        Start();
        Prompt("and?", "r2");
        var second = await NextTurnAsync();
        Assert.Equal(("s-9", "tea is ready"), (second.Turn.Session!.Id, Assert.Single(second.Turn.Session.Unheard).Text));
        Assert.Equal(["hello", "hi", "tea is ready"], second.Turn.History.Select(said => said.Text));
        second.End(new AgentOutcome.Cancelled("we"));
        Ended();
        Prompt("well?", "r3");
        Assert.Equal(["tea is ready", "and?", "we"], (await NextTurnAsync()).Turn.Session!.Unheard.Select(said => said.Text));
    }

    [Fact]
    public async Task ATurn_ThatWasOpenAtACrash_IsLost_ForItsWatcherToo_AndTheTranscriptSaysSo()
    {
        Start();
        Prompt("hello", "r1");
        await NextTurnAsync();
        Prompt("and?", "r2");
        Crash();
        Assert.Equal([("r1", true), ("r2", true)], new[] { Ended(), Ended() }.Select(ended => (ended.Run, ended.Outcome is AgentOutcome.Lost)).Order());

        Start();
        var texts = Texts();
        Assert.Equal(["hello", "and?"], texts[..2]);
        Assert.All(texts[2..], text => Assert.Contains("the answer is lost", text, StringComparison.Ordinal));
        Assert.Equal(4, texts.Length);
        Assert.Equal(TurnEnd.Lost, Prompt("hello", "r1").Ended);
        Prompt("once more", "r3");
        Assert.Equal("r3", (await NextTurnAsync()).Turn.Run);
        Watcher.ExpectNoMsg(TimeSpan.Zero);
    }

    [Fact]
    public async Task ATurnThatTakesTooLong_IsEnded_AndSaysWhy()
    {
        Start();
        Prompt("hello", "r1", TimeSpan.FromSeconds(5));
        var turn = await NextTurnAsync();
        turn.Sink.Delta("half");
        Clock.Advance(TimeSpan.FromSeconds(5));
        await turn.StoppingAsync();
        turn.End(new AgentOutcome.Cancelled("half"));

        var failed = Assert.IsType<AgentOutcome.Failed>(Ended().Outcome);
        Assert.Equal((RefusalCode.AgentTimedOut, "half"), (failed.Code, failed.Text));
        Assert.Equal("hello|half|No answer came: the agent took longer than 5 seconds, and was ended", string.Join('|', Texts()));
    }

    [Fact]
    public async Task AnAgentThatDoesNotStop_IsNoLongerListenedTo()
    {
        Start();
        Prompt("hello", "r1");
        var turn = await NextTurnAsync();
        turn.Sink.Delta("something");
        Ask<ConversationReply.Aborted>(id => new ConversationCommand.Abort(id, Now, Main, null));
        await turn.StoppingAsync();
        Clock.Advance(ConversationLimits.StopGrace);

        Assert.IsType<AgentOutcome.Cancelled>(Ended().Outcome);
        Prompt("next", "r2");
        var next = await NextTurnAsync();
        turn.Answer("too late");
        next.Answer("in time");
        Assert.Equal("in time", Assert.IsType<AgentOutcome.Completed>(Ended().Outcome).Text);
        Assert.Equal(["hello", "something", "next", "in time"], Texts());
    }

    [Fact]
    public async Task AnAgentThatSaysTooMuch_IsEnded()
    {
        Start();
        Prompt("hello", "r1");
        var turn = await NextTurnAsync();
        turn.Sink.Delta(new string('a', ConversationLimits.AnswerCharacters));
        turn.Sink.Delta("b");
        await turn.StoppingAsync();
        turn.End(new AgentOutcome.Cancelled(""));

        Assert.Equal(RefusalCode.AgentFailed, Assert.IsType<AgentOutcome.Failed>(Ended().Outcome).Code);
    }

    [Fact]
    public void ARuntimeThatThrows_IsAFailedTurn_AndTheConversationGoesOn()
    {
        Start();
        Agents.AtOnce = turn => turn.Prompt == "break" ? throw new InvalidOperationException("broken") : new AgentOutcome.Completed("fine", "stop", null);
        Prompt("break", "r1");
        Assert.Equal(RefusalCode.InternalError, Assert.IsType<AgentOutcome.Failed>(Ended().Outcome).Code);
        Prompt("go on", "r2");
        Assert.Equal("fine", Assert.IsType<AgentOutcome.Completed>(Ended().Outcome).Text);
    }

    [Fact]
    public void NobodyIsAsked_WhereNoAgentIs_AndNothingIsBegun()
    {
        Start();
        var nobody = Ask<ConversationReply.Refused>(id => Prompting(id, "hello", "r1") with { Agent = "stranger" });

        Assert.Equal((RefusalCode.NoAgent, "netclaw.json names no agent stranger; it names main"), (nobody.Code, nobody.Message));
        Assert.Empty(Rows.Current!);
    }
}
