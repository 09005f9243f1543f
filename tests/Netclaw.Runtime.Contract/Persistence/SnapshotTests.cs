using Akka.Actor;
using Akka.Persistence;

namespace Netclaw.Runtime.Contract.Persistence;

public sealed class SnapshotTests
{
    public static TheoryData<string> Kinds => JournalHost.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Recovery_StartsAtTheLatestSnapshot(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await WithSnapshotsAfterEachOfThree(host);
        await Stopped(ledger, protocol);

        host.System.ActorOf(Ledger.Props("ledger", protocol));

        await protocol.Expect("offered s3 #3", "recovered e4 #4", "completed #4");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Recovery_TakesTheSnapshotThatItsCriteriaSelect(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await WithSnapshotsAfterEachOfThree(host);
        await Stopped(ledger, protocol);

        ledger = host.System.ActorOf(Ledger.Props("ledger", protocol, new Recovery(new SnapshotSelectionCriteria(2))));
        await protocol.Expect("offered s2 #2", "recovered e3 #3", "recovered e4 #4", "completed #4");
        await Stopped(ledger, protocol);

        ledger = host.System.ActorOf(Ledger.Props("ledger", protocol, new Recovery(SnapshotSelectionCriteria.Latest, 2)));
        await protocol.Expect("offered s2 #2", "completed #4");
        await Stopped(ledger, protocol);

        host.System.ActorOf(Ledger.Props("ledger", protocol, new Recovery(SnapshotSelectionCriteria.None)));
        await protocol.Expect("recovered e1 #1", "recovered e2 #2", "recovered e3 #3", "recovered e4 #4", "completed #4");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task DeletedSnapshots_AreNotOffered(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await WithSnapshotsAfterEachOfThree(host);

        ledger.Tell(new Do(me => me.DeleteSnapshot(3)));
        await protocol.Expect("snapshot deleted #3");
        await Stopped(ledger, protocol);
        ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("offered s2 #2", "recovered e3 #3", "recovered e4 #4", "completed #4");

        ledger.Tell(new Do(me => me.DeleteSnapshots(new SnapshotSelectionCriteria(2))));
        await protocol.Expect("snapshots deleted to 2");
        await Stopped(ledger, protocol);
        host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovered e1 #1", "recovered e2 #2", "recovered e3 #3", "recovered e4 #4", "completed #4");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Snapshot_IsEnough_WhenItsEventsAreDeleted(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await WithSnapshotsAfterEachOfThree(host);
        ledger.Tell(new Do(me => me.DeleteMessages(4)));
        await protocol.Expect("deleted to 4");
        await Stopped(ledger, protocol);

        host.System.ActorOf(Ledger.Props("ledger", protocol)).Tell(new Do(me => me.Put("e5")));

        await protocol.Expect("offered s3 #3", "completed #4", "handled e5 #5");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Snapshots_OfOthers_AreNotTouched(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await WithSnapshotsAfterEachOfThree(host);
        var otherProtocol = new Protocol();
        var other = host.System.ActorOf(Ledger.Props("other", otherProtocol));
        other.Tell(new Do(me => me.Put("o")));
        await otherProtocol.Expect("completed #0", "handled o #1");
        other.Tell(new Do(me => me.SaveSnapshot(new Noted("so"))));
        await otherProtocol.Expect("saved #1");

        ledger.Tell(new Do(me => me.DeleteSnapshots(SnapshotSelectionCriteria.Latest)));
        await protocol.Skip($"snapshots deleted to {long.MaxValue}");
        await Stopped(other, otherProtocol);
        host.System.ActorOf(Ledger.Props("other", otherProtocol));

        await otherProtocol.Expect("offered so #1", "completed #1");
    }

    private static async Task<(IActorRef Ledger, Protocol Protocol)> WithSnapshotsAfterEachOfThree(JournalHost host)
    {
        var protocol = new Protocol();
        var ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("completed #0");
        for (var i = 1; i <= 3; i++)
        {
            var number = i;
            ledger.Tell(new Do(me => me.Put($"e{number}")));
            ledger.Tell(new Do(me => me.SaveSnapshot(new Noted($"s{number}"))));
            await protocol.Expect($"handled e{i} #{i}", $"saved #{i}");
        }

        ledger.Tell(new Do(me => me.Put("e4")));
        await protocol.Expect("handled e4 #4");
        return (ledger, protocol);
    }

    private static async Task Stopped(IActorRef ledger, Protocol protocol)
    {
        await JournalHost.Stop(ledger);
        await protocol.Expect("stopped");
    }
}
