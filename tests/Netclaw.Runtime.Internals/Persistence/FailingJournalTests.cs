using Akka.Actor;
using Netclaw.Runtime.Contract.Persistence;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Persistence;

/// <summary>What persistent actors see when each call of their journal fails in turn, on each of the three journals.</summary>
public sealed class FailingJournalTests
{
    public static TheoryData<string> Kinds => JournalHost.Kinds;

    public static TheoryData<string> DurableKinds => JournalHost.DurableKinds;

    public static TheoryData<string, string> Writes => Each(StoreCall.Begin, StoreCall.Insert, StoreCall.Commit, StoreCall.Committed);

    public static TheoryData<string, string> Reads => Each(StoreCall.ReadHighest, StoreCall.ReadEvents, StoreCall.ReadSnapshot);

    [Theory, MemberData(nameof(Writes))]
    public async Task FailedWrite_StopsTheActorBeforeAnyLaterCommand(string kind, string call)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");
        ledger.Tell(new Do(me => me.Put("stored")));
        await protocol.Expect("handled stored #1");

        failing.Faults.Fail = Enum.Parse<StoreCall>(call);
        ledger.Tell(new Do(me => me.PutAll("lost", "lost too")));
        ledger.Tell("never");
        await protocol.Expect("persist failed lost #2 with cause", "stopped");
        protocol.ExpectNoMore();

        // Reading goes on, and shows what was acknowledged; a flush that failed after it was stored shows too, whole.
        failing.Faults.Fail = null;
        failing.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovered stored #1");
        await protocol.Skip(call == nameof(StoreCall.Committed) ? "completed #3" : "completed #1");
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task FailedWrite_StopsEveryLaterWriter(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");
        var (other, otherProtocol) = await failing.Started("other");
        failing.Faults.Fail = StoreCall.Commit;
        ledger.Tell(new Do(me => me.Put("lost")));
        await protocol.Expect("persist failed lost #1 with cause", "stopped");

        failing.Faults.Fail = null;
        other.Tell(new Do(me => me.Put("refused")));
        await otherProtocol.Expect("persist failed refused #1 with cause", "stopped");
    }

    [Theory, MemberData(nameof(Reads))]
    public async Task FailedRead_EndsThatRecovery_AndTheNextSucceeds(string kind, string call)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");
        ledger.Tell(new Do(me => me.Put("stored")));
        await protocol.Expect("handled stored #1");
        await JournalHost.Stop(ledger);
        await protocol.Expect("stopped");

        failing.Faults.Fail = Enum.Parse<StoreCall>(call);
        failing.System.ActorOf(Ledger.Props("ledger", protocol)).Tell("never");
        await protocol.Expect($"recovery failed: no space left on device (at {call})", "stopped");

        failing.Faults.Fail = null;
        failing.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovered stored #1", "completed #1");
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task FailedOpening_EndsThatRecovery_AndTheNextOpensAgain(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var protocol = new Protocol();
        failing.Faults.Fail = StoreCall.Open;
        failing.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovery failed: no space left on device (at Open)", "stopped");

        failing.Faults.Fail = null;
        failing.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("completed #0");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailedSnapshot_IsToldAndTheActorGoesOn(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");
        failing.Faults.Fail = StoreCall.SaveSnapshot;
        ledger.Tell(new Do(me => me.SaveSnapshot(new Noted("s"))));
        Assert.StartsWith("save failed #0: ", await protocol.Next(), StringComparison.Ordinal);

        failing.Faults.Fail = null;
        ledger.Tell(new Do(me => me.Put("a")));
        await protocol.Expect("handled a #1");
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task SnapshotThatCannotBeWritten_IsTold(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");

        ledger.Tell(new Do(me => me.SaveSnapshot(new Noted("unstorable"))));

        Assert.StartsWith("save failed #0: cannot be written", await protocol.Next(), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailedDelete_IsTold_AndNothingIsDeleted(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");
        ledger.Tell(new Do(me => me.Put("a")));
        await protocol.Expect("handled a #1");
        failing.Faults.Fail = StoreCall.Delete;
        ledger.Tell(new Do(me => me.DeleteMessages(1)));
        Assert.StartsWith("delete failed to 1: ", await protocol.Next(), StringComparison.Ordinal);

        failing.Faults.Fail = null;
        await JournalHost.Stop(ledger);
        failing.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("stopped", "recovered a #1", "completed #1");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailedSnapshotDelete_IsTold_AndTheSnapshotStays(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");
        ledger.Tell(new Do(me => me.Put("a")));
        ledger.Tell(new Do(me => me.SaveSnapshot(new Noted("s"))));
        await protocol.Expect("handled a #1", "saved #1");
        failing.Faults.Fail = StoreCall.DeleteSnapshot;
        ledger.Tell(new Do(me => me.DeleteSnapshot(1)));
        Assert.StartsWith("snapshot delete failed: ", await protocol.Next(), StringComparison.Ordinal);

        failing.Faults.Fail = null;
        await JournalHost.Stop(ledger);
        failing.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("stopped", "offered s #1", "completed #1");
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task RejectedEvents_LeaveNoGap_AndRejectTheirWholeCall(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");

        ledger.Tell(new Do(me =>
        {
            me.Put("a");
            me.PutAll("b", "unstorable", "c");
            me.Put("d");
        }));

        await protocol.Expect("handled a #1");
        foreach (var text in new[] { "b", "unstorable", "c" })
        {
            Assert.StartsWith($"rejected {text}: ", await protocol.Next(), StringComparison.Ordinal);
        }

        await protocol.Expect("handled d #2");
        await JournalHost.Stop(ledger);
        failing.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("stopped", "recovered a #1", "recovered d #2", "completed #2");
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task RestartedActor_RecoversWhatItsLastInstanceWasStillWriting(string kind)
    {
        await using var failing = await FailingSystem.Start(kind);
        var (ledger, protocol) = await failing.Started("ledger");
        failing.Faults.Hold();
        ledger.Tell(new Do(me =>
        {
            me.Put("under way");
            throw new InvalidOperationException("the command fails after it asked");
        }));
        await failing.Faults.Held();
        await protocol.Expect("stopped");
        failing.Faults.Release();

        await protocol.Expect("recovered under way #1", "completed #1");
    }

    /// <summary>Here between two actors of one system, because nobody else sees this journal; the contract has it between systems for the others.</summary>
    [Fact]
    public async Task SecondWriter_OfTheInMemoryJournal_IsRefused()
    {
        await using var failing = await FailingSystem.Start(JournalHost.InMemory);
        var (first, firstProtocol) = await failing.Started("ledger");
        var (second, secondProtocol) = await failing.Started("ledger");
        first.Tell(new Do(me => me.Put("first")));
        await firstProtocol.Expect("handled first #1");

        second.Tell(new Do(me => me.Put("second")));
        second.Tell("never");

        await secondProtocol.Expect("persist failed second #1 with cause", "stopped");
        first.Tell(new Do(me => me.Put("more")));
        await firstProtocol.Expect("handled more #2");
    }

    private static TheoryData<string, string> Each(params StoreCall[] calls)
    {
        var all = new TheoryData<string, string>();
        foreach (var kind in JournalHost.Kinds)
        {
            foreach (var call in calls)
            {
                all.Add(kind, call.ToString());
            }
        }

        return all;
    }
}
