using Netclaw.Actors.Conversations;
using Netclaw.Actors.Conversations.Transcripts;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>Conversations that are longer than what is held of them.</summary>
public sealed class OlderMessagesTests : ConversationActorTest
{
    private const int Messages = ConversationLimits.HeldMessages + 250;

    [Fact]
    public void WhatIsHeldNoLonger_IsReadFromTheJournal_InBothDirections_WithoutGapOrRepeat()
    {
        Start();
        Fill();

        var backwards = new List<long>();
        for (var offset = 0; offset < Messages;)
        {
            var page = Read(null, 700, offset);
            Assert.Equal(Messages, page.Last);
            backwards.InsertRange(0, page.Messages.Select(message => message.Sequence));
            offset += page.Messages.Length;
        }

        var forwards = new List<long>();
        while (Read(forwards.LastOrDefault(), 700).Messages is { IsEmpty: false } page)
        {
            forwards.AddRange(page.Select(message => message.Sequence));
        }

        Assert.Equal(Enumerable.Range(1, Messages).Select(i => (long)i), backwards);
        Assert.Equal(backwards, forwards);
        Assert.Equal(["message 1", "message 2"], Read(null, 2, Messages - 2).Messages.Select(message => message.Text));
        Assert.Empty(Read(null, 10, Messages).Messages);
        Rest(); // readers are gone, and nothing of them keeps the conversation awake
        Assert.Equal("message 7", Assert.Single(Read(6, 1).Messages).Text);
    }

    [Fact]
    public void OlderMessages_AreReadWhileOthersAreAdded_AndSeveralAtOnce()
    {
        Start();
        Fill();
        for (var i = 1; i <= 8; i++)
        {
            Conversations.Tell(new ConversationCommand.Read(9_000 + i, Now, Main, After: i, Most: 1), Asker.Ref);
        }

        Conversations.Tell(Adding(10_000, "meanwhile"), Asker.Ref);
        var replies = Enumerable.Range(1, 9).Select(_ => Asker.ExpectMsg<ConversationReply>(Longest)).ToList();

        Assert.Equal(Messages + 1, Assert.Single(replies.OfType<ConversationReply.Appended>()).Sequence);
        Assert.Equal(Enumerable.Range(1, 8).Select(i => (9_000L + i, i + 1L)), replies.OfType<ConversationReply.Page>().Select(page => (page.CommandId, page.Messages.Single().Sequence)));
    }

    [Fact]
    public void ADamagedRecord_IsTold_NotPassedOver()
    {
        Start();
        Fill();
        Assert.Equal(1, Sql("journal", "UPDATE journal SET message = zeroblob(length(message)) WHERE persistence_id = 'conversation/agent:main:main#1' AND sequence_number = 3"));

        var refused = Ask<ConversationReply.Refused>(id => new ConversationCommand.Read(id, Now, Main, After: 0, Most: 10));

        Assert.Equal(RefusalCode.JournalUnavailable, refused.Code);
        Assert.Equal((JournalFailureKind.Unreadable, 3L), (Journal.Failure!.Kind, Journal.Failure.Sequence));
    }

    [Fact]
    public void APage_HoldsNoMoreThanOneAnswerDoes()
    {
        var window = new PageWindow(2, 9, fromTheEnd: true);
        Assert.All(Enumerable.Range(1, 8), i => Assert.True(window.Take(Long(i))));
        Assert.False(window.Take(Long(9)));
        Assert.Equal([8, 9], window.Messages.Select(message => message.Sequence));

        var fromTheBeginning = new PageWindow(2, 9, fromTheEnd: false);
        Assert.True(fromTheBeginning.Take(Long(1)));
        Assert.True(fromTheBeginning.Take(Long(2)));
        Assert.True(fromTheBeginning.Take(Long(3)));
        Assert.False(fromTheBeginning.Take(Long(4)));
        Assert.Equal([2, 3], fromTheBeginning.Messages.Select(message => message.Sequence));

        static TranscriptMessage Long(long sequence) => new(sequence, DateTimeOffset.UnixEpoch, Speaker.User, new string('x', ConversationLimits.PageCharacters / 2), "anna");
    }

    private ConversationReply.Page Read(long? after, int most, int offset = 0) => Ask<ConversationReply.Page>(id => new ConversationCommand.Read(id, Now, Main, after, most, offset));

    private void Fill()
    {
        for (var i = 1; i <= Messages; i++)
        {
            Conversations.Tell(Adding(1_000 + i, $"message {i}"), Asker.Ref);
        }

        Assert.All(Enumerable.Range(1, Messages), _ => Asker.ExpectMsg<ConversationReply.Appended>(Longest));
    }
}
