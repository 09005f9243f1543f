using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Conversations;

public sealed class TranscriptDeciderTests
{
    private static readonly ConversationKey Main = ConversationKey.MainOf("main");

    private Transcript _transcript = Transcript.Empty;

    [Fact]
    public void TheLatestMessages_AreHeld_AndThoseOfAKind_AsLongAsTheyAre()
    {
        for (var i = 1; i <= ConversationLimits.HeldMessages + 5; i++)
        {
            Add($"message {i}", $"once-{i}");
        }

        Assert.Equal((6L, ConversationLimits.HeldMessages + 5L, ConversationLimits.HeldMessages), (_transcript.First, _transcript.Last, _transcript.Once.Count));
        Assert.Null(_transcript.Find(5));
        Assert.Equal("message 6", _transcript.Find(6)!.Text);
        Add("long", "long", new string('x', ConversationLimits.HeldCharacters));
        Assert.Single(_transcript.Held);
        Assert.Equal(ConversationLimits.HeldCharacters, _transcript.HeldCharacters);
    }

    [Fact]
    public void Pages_AreTheLatest_OrWhatCameAfter()
    {
        for (var i = 1; i <= 10; i++)
        {
            Add($"{i}", $"once-{i}");
        }

        Assert.Equal(["8", "9", "10"], Page(null, 3));
        Assert.Equal(["6", "7"], Page(null, 2, offset: 3));
        Assert.Equal(["1", "2"], Page(null, 5, offset: 8));
        Assert.Empty(Page(null, 5, offset: 99));
        Assert.Equal(["5", "6"], Page(4, 2));
        Assert.Equal(["1"], Page(0, 1));
        Assert.Empty(Page(10, 5));
        Assert.Empty(Page(long.MaxValue, 5));
    }

    [Fact]
    public void APage_HoldsAsMuchAsOneAnswerDoes_AndOneMessageAtLeast()
    {
        for (var i = 0; i < 4; i++)
        {
            Add("big", $"{i}", new string((char)('a' + i), (ConversationLimits.PageCharacters / 2) - 1));
        }

        Assert.Equal("cd", string.Concat(Page(null, 10).Select(text => text[0])));
        Assert.Equal("ab", string.Concat(Page(0, 10).Select(text => text[0])));
    }

    [Fact]
    public void WhatAnAgentIsTold_IsTheLatest_WithoutToolsAndWhatStillWaits()
    {
        for (var i = 1; i <= ConversationLimits.HistoryMessages + 10; i++)
        {
            Add($"{i}", $"once-{i}");
        }

        Ask("waiting", "r1");
        var told = TranscriptDecider.History(_transcript);
        Assert.Equal((ConversationLimits.HistoryMessages, "11", $"{ConversationLimits.HistoryMessages + 10}"), (told.Length, told[0].Text, told[^1].Text));

        Finish("r1", new AgentOutcome.Completed("answer", "stop", null), ("tool", new ToolAnswer(true, "tool says")));
        Assert.Equal(["waiting", "answer"], TranscriptDecider.History(_transcript)[^2..].Select(said => said.Text));
        Add("huge", "huge", new string('x', ConversationLimits.HistoryCharacters + 1));
        Assert.Empty(TranscriptDecider.History(_transcript));
    }

    [Theory]
    [InlineData(TurnEnd.Completed, "question|answer")]
    [InlineData(TurnEnd.Cancelled, "question|ans")]
    [InlineData(TurnEnd.Failed, "question|ans|No answer came: broken")]
    [InlineData(TurnEnd.Lost, "question|The gateway stopped while this was being answered, and the answer is lost. Ask again.")]
    public void EveryEnd_LeavesInTheTranscriptWhatCame_AndWhyNoMoreDid(TurnEnd end, string texts)
    {
        Ask("question", "r1");
        Finish("r1", end switch
        {
            TurnEnd.Completed => new AgentOutcome.Completed("answer", "stop", null),
            TurnEnd.Cancelled => new AgentOutcome.Cancelled("ans"),
            TurnEnd.Failed => new AgentOutcome.Failed(RefusalCode.AgentFailed, "broken", "ans"),
            _ => new AgentOutcome.Lost(),
        });

        Assert.Equal(texts, string.Join('|', _transcript.Held.Select(message => message.Text)));
        Assert.Equal((end, true), (_transcript.Ended("r1")!.End, _transcript.Open.IsEmpty));
        Assert.Equal(end == TurnEnd.Failed ? "agent_failed" : null, _transcript.Ended("r1")!.Code);
    }

    [Fact]
    public void Aborting_EndsWhatWaits_AndStopsWhatRuns()
    {
        Ask("1", "r1");
        Ask("2", "r2");
        Ask("3", "r3");

        var one = TranscriptDecider.Decide(new ConversationCommand.Abort(1, Start, Main, "r2"), _transcript, "");
        Assert.Equal((false, 1), (one.Stop, Assert.IsType<ConversationReply.Aborted>(one.Reply).Turns));
        Assert.Equal("r2", Assert.IsType<TranscriptEvent.TurnOver>(Assert.Single(one.Events)).Turn.Run);
        var all = TranscriptDecider.Decide(new ConversationCommand.Abort(1, Start, Main, null), _transcript, "");
        Assert.Equal((true, 3, 2), (all.Stop, Assert.IsType<ConversationReply.Aborted>(all.Reply).Turns, all.Events.Length));
        var none = TranscriptDecider.Decide(new ConversationCommand.Abort(1, Start, Main, "r9"), _transcript, "");
        Assert.Equal((false, 0), (none.Stop, Assert.IsType<ConversationReply.Aborted>(none.Reply).Turns));
    }

    private void Add(string what, string once, string? text = null) =>
        Do(new ConversationCommand.Append(1, Start, Main, new Said(Speaker.System, text ?? what, "test"), once));

    private void Ask(string text, string run) => Do(new ConversationCommand.Prompt(
        1, Start, Main, new Said(Speaker.User, text, "anna"), run, new AgentGrant("anna", ScopeSet.ReadWrite, null, 0), TimeSpan.FromMinutes(1), null));

    private void Do(ConversationCommand command) =>
        _transcript = TranscriptDecider.Decide(command, _transcript, "main").Events.Aggregate(_transcript, (transcript, happened) => transcript.Apply(happened));

    private void Finish(string run, AgentOutcome outcome, params (string, ToolAnswer)[] tools) => _transcript =
        TranscriptDecider.Finish(Start, _transcript.Open.First(turn => turn.Run == run), outcome, tools, _transcript).Aggregate(_transcript, (transcript, happened) => transcript.Apply(happened));

    private string[] Page(long? after, int most, int offset = 0) =>
        [.. TranscriptDecider.Page(_transcript, new ConversationCommand.Read(1, Start, Main, after, most, offset)).Select(message => message.Text)];
}
