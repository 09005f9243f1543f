using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Conversations;

/// <summary>Transcripts: that they are kept, rest, wake, and come back whole or not at all.</summary>
public sealed class ConversationsActorTests : ConversationActorTest
{
    [Fact]
    public void AMessage_ThatIsOneOfAKind_IsAddedOnce_AlsoAcrossRestarts()
    {
        Start();
        Assert.Equal(1, Append("the run is over", once: "run_1"));
        Assert.Equal(1, Append("the run is over", once: "run_1"));
        Rest();
        Assert.Equal(1, Append("the run is over", once: "run_1"));
        Crash();

        Start();
        Assert.Equal(1, Append("the run is over", once: "run_1"));
        Assert.Equal(2, Append("another one", once: "run_2"));
        Assert.Equal(["the run is over", "another one"], Texts());
    }

    [Fact]
    public void AConversationThatNobodyUses_Rests_AndWakesWithEverything()
    {
        Start();
        Append("one");
        Append("two");
        Rest();

        var row = Rows.Current![Main];
        Assert.Equal((2L, "two"), (row.Facts.Messages, row.Facts.Preview));
        Assert.Equal(["one", "two"], Texts());
        Assert.Equal(3, Append("three"));
        Rest();
        Crash();

        Start();
        Assert.Single(Journal.Writers.Living);
        Assert.Equal((3L, "three"), (Rows.Current![Main].Facts.Messages, Rows.Current[Main].Facts.Preview));
        Assert.Equal(["one", "two", "three"], Texts());
    }

    [Fact]
    public void OneThatWasAwake_WhenTheDaemonWentDown_IsAwakeAgain_AndItsListIsRight()
    {
        Start();
        Append("one");
        Append("two");
        Crash();

        Start();
        Assert.Equal((2L, "two"), (Rows.Current![Main].Facts.Messages, Rows.Current[Main].Facts.Preview)); // from the first list on
    }

    [Fact]
    public void WhatComesWhileItGoesToRest_IsNotLost()
    {
        Start();
        const int Rounds = 300;
        for (var i = 1; i <= Rounds; i++)
        {
            Conversations.Tell(Adding(1000 + i, $"message {i}"), Asker.Ref);
            if (i % 3 == 0)
            {
                Clock.Advance(TimeSpan.FromMinutes(2));
            }
        }

        var replies = Enumerable.Range(1, Rounds).Select(_ => Asker.ExpectMsg<ConversationReply.Appended>(Longest)).ToList();
        Assert.Equal(Enumerable.Range(1, Rounds).Select(i => (1000L + i, (long)i)), replies.Select(reply => (reply.CommandId, reply.Sequence)).Order());
        Rest();
        Assert.Equal(Enumerable.Range(1, Rounds).Select(i => $"message {i}"), Texts());
    }

    [Fact]
    public void ATranscriptThatWasShortened_IsSeenAtWaking()
    {
        Start();
        Append("one");
        Append("two");
        Rest();
        Assert.Equal(1, Sql("journal", "DELETE FROM journal WHERE persistence_id = 'conversation/agent:main:main#1' AND sequence_number = 2"));

        var refused = Ask<ConversationReply.Refused>(id => new ConversationCommand.Read(id, Now, Main, null, 10));

        Assert.Equal(RefusalCode.JournalUnavailable, refused.Code);
        Assert.Equal(JournalFailureKind.Unreadable, Journal.Failure!.Kind);
        Assert.Equal(("conversation/agent:main:main#1", 2L), (Journal.Failure.PersistenceId, Journal.Failure.Sequence));
    }

    [Fact]
    public void HeadsOfTranscripts_AreKeptByTheCatalogue_NotOutsideTheJournal()
    {
        Start();
        Append("one");
        Rest();

        Assert.Equal([ConversationsActor.Id], Journal.Writers.Heads.Keys);
    }

    [Fact]
    public void ADeletedConversation_BeginsAnew_AndNothingOfTheOldOneComesBack()
    {
        Start();
        Append("old");
        Assert.True(Ask<ConversationReply.Deleted>(id => new ConversationCommand.Delete(id, Now, Main)).Existed);
        Assert.False(Ask<ConversationReply.Deleted>(id => new ConversationCommand.Delete(id, Now, Main)).Existed);
        Assert.Equal(RefusalCode.ConversationNotFound, Ask<ConversationReply.Refused>(id => new ConversationCommand.Read(id, Now, Main, null, 10)).Code);

        Assert.Equal(1, Append("new"));
        Crash();
        Start();
        Assert.Equal(["new"], Texts());
        Assert.Equal(2, Rows.Current![Main].Id.Generation);
        Assert.Equal(3, Ask<ConversationReply.Changed>(id => new ConversationCommand.Reset(id, Now, Main)).Row.Id.Generation);
        Assert.Empty(Texts());
    }

    [Fact]
    public void WhatWasDeleted_StaysInTheJournal_AsTheGuideSays()
    {
        Start();
        Append("secret words");
        Rest();
        Assert.True(Ask<ConversationReply.Deleted>(id => new ConversationCommand.Delete(id, Now, Main)).Existed);
        Crash();
        Start();

        const string Holding = "SELECT count(*) FROM journal WHERE instr(message, CAST('secret words' AS BLOB)) > 0 AND persistence_id";
        Assert.Equal(1, Count("journal", $"{Holding} = 'conversation/agent:main:main#1'"));
        Assert.Equal(1, Count("journal", $"{Holding} = 'conversations'")); // the beginning of the last message
        Assert.Empty(Rows.Current!);
    }

    [Fact]
    public void WhatIsPatched_IsKept_AndTheTranscriptStays()
    {
        Start();
        Append("one");
        Assert.Equal("Kitchen", Ask<ConversationReply.Changed>(id => new ConversationCommand.Patch(id, Now, Main, " Kitchen ", true)).Row.Label);
        Crash();

        Start();
        Assert.Equal(("Kitchen", true), (Rows.Current![Main].Label, Rows.Current[Main].ArchivedAt is not null));
        var row = Ask<ConversationReply.Changed>(id => new ConversationCommand.Patch(id, Now, Main, "", false)).Row;
        Assert.Equal((null, null), (row.Label, row.ArchivedAt));
        Assert.Equal(["one"], Texts());
    }

    [Fact]
    public void AWriteThatFails_IsNotSaidToBeDone_AndNothingIsWrittenAfterIt()
    {
        Start();
        Append("one");
        Sql("journal", "ALTER TABLE journal RENAME TO elsewhere");

        Assert.Equal(RefusalCode.JournalUnavailable, Ask<ConversationReply.Refused>(id => Adding(id, "two")).Code);
        Assert.Equal(JournalFailureKind.WriteFailed, Journal.Failure!.Kind);
        Sql("journal", "ALTER TABLE elsewhere RENAME TO journal");
        Assert.Equal(RefusalCode.JournalUnavailable, Ask<ConversationReply.Refused>(id => Adding(id, "three")).Code);
        Crash();

        Start();
        Assert.Equal(["one"], Texts());
    }

    [Fact]
    public void ALongTranscript_IsReadFromItsSnapshot()
    {
        Start();
        for (var i = 1; i <= 520; i++)
        {
            Append($"message {i}");
        }

        AwaitAssert(() => Assert.Equal(1, Count("snapshot", "SELECT count(*) FROM snapshot WHERE persistence_id LIKE 'conversation/%'")), Longest);
        Rest();
        Crash();
        Sql("journal", "UPDATE journal SET message = x'00' WHERE persistence_id LIKE 'conversation/%' AND sequence_number <= 500");

        Start();
        Assert.Equal(520, Texts().Length);
        Assert.Equal(521, Append("one more", once: "another"));
    }

    [Fact]
    public void ALongCatalogue_IsReadFromItsSnapshot()
    {
        Start();
        Append("one");
        const int Patches = 2_010;
        for (var i = 1; i <= Patches; i++)
        {
            Conversations.Tell(new ConversationCommand.Patch(i, Now, Main, $"label {i}", null), Asker.Ref);
        }

        Assert.Equal(Patches, Enumerable.Range(1, Patches).Select(_ => Asker.ExpectMsg<ConversationReply.Changed>(Longest)).Count());
        AwaitAssert(() => Assert.Equal(1, Count("snapshot", "SELECT count(*) FROM snapshot WHERE persistence_id = 'conversations'")), Longest);
        Crash();
        Assert.True(Sql("journal", "UPDATE journal SET message = x'00' WHERE persistence_id = 'conversations' AND sequence_number <= 2000") > 1900);

        Start();
        Assert.Equal(($"label {Patches}", 1L), (Rows.Current![Main].Label, Rows.Current[Main].Id.Generation));
        Assert.Equal(["one"], Texts());
        Assert.Equal(2, Append("two", once: "another"));
    }
}
