using Akka.Actor;

namespace Netclaw.Runtime.Contract.Persistence;

public sealed class WriteFailureTests
{
    public static TheoryData<string> DurableKinds => JournalHost.DurableKinds;

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task SecondWriter_IsRefusedByTheUniqueKey_AndStopsBeforeAnyLaterCommand(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var another = host.AnotherSystem();
        try
        {
            var (first, firstProtocol) = await Started(host.System);
            var (second, secondProtocol) = await Started(another);

            first.Tell(new Do(me => me.Put("first")));
            await firstProtocol.Expect("handled first #1");
            second.Tell(new Do(me => me.Put("second")));
            second.Tell("never");

            await secondProtocol.Expect("persist failed second #1 with cause", "stopped");
            secondProtocol.ExpectNoMore();
            first.Tell(new Do(me => me.Put("more")));
            await firstProtocol.Expect("handled more #2");
        }
        finally
        {
            await another.Terminate();
        }
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task PersistAll_IsAtomic_WhenOneNumberIsTaken(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var another = host.AnotherSystem();
        try
        {
            var (first, firstProtocol) = await Started(host.System);
            var (second, secondProtocol) = await Started(another);
            second.Tell(new Do(me => me.Put("taken")));
            await secondProtocol.Expect("handled taken #1");

            first.Tell(new Do(me => me.PutAll("a", "b", "c")));
            await firstProtocol.Expect("persist failed a #1 with cause", "stopped");

            host.System.ActorOf(Ledger.Props("ledger", firstProtocol));
            await firstProtocol.Expect("recovered taken #1", "completed #1");
        }
        finally
        {
            await another.Terminate();
        }
    }

    [Theory, MemberData(nameof(DurableKinds))]
    public async Task RejectedEvent_IsToldAndTheActorGoesOn(string kind)
    {
        await using var host = await JournalHost.Start(kind);
        var (ledger, protocol) = await Started(host.System);

        ledger.Tell(new Do(me => me.Put("unstorable")));
        ledger.Tell("next");

        Assert.StartsWith("rejected unstorable: ", await protocol.Next(), StringComparison.Ordinal);
        await protocol.Expect("command next");
    }

    private static async Task<(IActorRef Ledger, Protocol Protocol)> Started(ActorSystem system)
    {
        var protocol = new Protocol();
        var ledger = system.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("completed #0");
        return (ledger, protocol);
    }
}
