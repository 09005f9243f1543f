using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;

namespace Netclaw.Runtime.Contract.Persistence;

public sealed class RecoveringTests
{
    public static TheoryData<string> Kinds => JournalHost.Kinds;

    public static TheoryData<string> DurableKinds => JournalHost.DurableKinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Recovery_StashesCommandsUntilRecoveryCompleted(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = await Stored(host, "a", "b", "c");

        var ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        ledger.Tell("one");
        ledger.Tell("two");

        await protocol.Expect("recovered a #1", "recovered b #2", "recovered c #3", "completed #3", "command one", "command two");
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task Events_SurviveTheirSystem(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = await Stored(host, "größe", "🦞", "");

        await host.StartAgain();
        host.System.ActorOf(Ledger.Props("ledger", protocol));

        await protocol.Expect("recovered größe #1", "recovered 🦞 #2", "recovered  #3", "completed #3");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task LongPasts_AreRecoveredInOrder(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var texts = Enumerable.Range(1, 5000).Select(i => $"e{i}").ToArray();
        var protocol = await Stored(host, texts);

        host.System.ActorOf(Ledger.Props("ledger", protocol));

        await protocol.Expect([.. texts.Select((text, i) => $"recovered {text} #{i + 1}"), "completed #5000"]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task LargeEvents_AreRecovered(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var large = new string('x', 3 << 20);
        var protocol = await Stored(host, large, "small", large);

        host.System.ActorOf(Ledger.Props("ledger", protocol));

        await protocol.Expect($"recovered {large} #1", "recovered small #2", $"recovered {large} #3", "completed #3");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Recovery_StopsWhereItIsAskedTo(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = await Stored(host, "a", "b", "c", "d");

        await Once(host, protocol, new Recovery(SnapshotSelectionCriteria.Latest, 2), "recovered a #1", "recovered b #2", "completed #4");
        await Once(host, protocol, new Recovery(SnapshotSelectionCriteria.Latest, long.MaxValue, 3), "recovered a #1", "recovered b #2", "recovered c #3", "completed #4");
        await Once(host, protocol, Recovery.None, "completed #4");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Persist_IsRefusedDuringRecovery_AndAllowedWhenItCompletes(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = await Stored(host, "a");

        host.System.ActorOf(Ledger.Props("ledger", protocol, null, (me, message) =>
        {
            if (message is RecoveryCompleted)
            {
                me.Put("b");
                return;
            }

            me.Note(Assert.Throws<InvalidOperationException>(() => me.Put("too early")) is null ? "" : "refused");
        }));

        await protocol.Expect("recovered a #1", "refused", "completed #1", "handled b #2");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailingHandler_EndsTheRecoveryAndTheActor(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = await Stored(host, "a", "b");

        var ledger = host.System.ActorOf(Ledger.Props(
            "ledger", protocol, null, (_, message) => throw new InvalidOperationException($"cannot apply {((Noted)message).Text}")));
        ledger.Tell("never");

        await protocol.Expect("recovered a #1", "recovery failed: cannot apply a", "stopped");
        protocol.ExpectNoMore();
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task UnreadableEvent_EndsTheRecoveryAndTheActor(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = await Stored(host, "a", "unreadable");

        host.System.ActorOf(Ledger.Props("ledger", protocol)).Tell("never");

        await protocol.Skip("recovery failed: cannot be read");
        await protocol.Expect("stopped");
        protocol.ExpectNoMore();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task DeletedEvents_StayAway_AndNumberingGoesOn(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = await Stored(host, "a", "b", "c");
        var ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Skip("completed #3");

        ledger.Tell(new Do(me => me.DeleteMessages(2)));
        await protocol.Expect("deleted to 2");
        await JournalHost.Stop(ledger);
        await protocol.Expect("stopped");
        ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovered c #3", "completed #3");

        ledger.Tell(new Do(me => me.DeleteMessages(3)));
        await protocol.Expect("deleted to 3");
        await JournalHost.Stop(ledger);
        await protocol.Expect("stopped");
        host.System.ActorOf(Ledger.Props("ledger", protocol)).Tell(new Do(me => me.Put("d")));
        await protocol.Expect("completed #3", "handled d #4");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task TaggedEvents_ComeBackAsTheEvent(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var protocol = new Protocol();
        var ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("completed #0");

        ledger.Tell(new Do(me => me.Persist(new Tagged(new Noted("t"), ["red", "blue"]), tagged => me.Note($"handled {((Noted)tagged.Payload).Text} {tagged.Tags.Count}"))));
        await protocol.Expect("handled t 2");
        await JournalHost.Stop(ledger);
        host.System.ActorOf(Ledger.Props("ledger", protocol));

        await protocol.Expect("stopped", "recovered t #1", "completed #1");
    }

    private static async Task<Protocol> Stored(JournalHost host, params string[] texts)
    {
        var protocol = new Protocol();
        var ledger = host.System.ActorOf(Ledger.Props("ledger", protocol));
        ledger.Tell(new Do(me => me.PutAll(texts)));
        await protocol.Skip($"handled {texts[^1]} #{texts.Length}");
        await JournalHost.Stop(ledger);
        await protocol.Expect("stopped");
        return protocol;
    }

    private static async Task Once(JournalHost host, Protocol protocol, Recovery recovery, params string[] expected)
    {
        var ledger = host.System.ActorOf(Ledger.Props("ledger", protocol, recovery));
        await protocol.Expect(expected);
        await JournalHost.Stop(ledger);
        await protocol.Expect("stopped");
    }
}
