using Akka.Actor;
using Akka.Actor.Setup;
using Netclaw.Runtime.Contract.Persistence;
using Netclaw.Runtime.Internals.Sql;
using Netclaw.Runtime.Sql.Plugin;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Persistence;

/// <summary>What persistent actors see when each call of their SQLite journal fails in turn.</summary>
public sealed class FailingJournalTests : IAsyncLifetime
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly ScriptedFaults _faults = new();
    private JournalHost _host = null!;
    private ActorSystem _system = null!;

    public async Task InitializeAsync()
    {
        _host = await JournalHost.Start(JournalHost.Sqlite);
        _system = ActorSystem.Create("failing", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(_host.Config), new StoreFaultSetup(_faults)));
    }

    public async Task DisposeAsync()
    {
        await _system.Terminate().WaitAsync(Longest);
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(nameof(StoreCall.Begin))]
    [InlineData(nameof(StoreCall.Insert))]
    [InlineData(nameof(StoreCall.Commit))]
    [InlineData(nameof(StoreCall.Committed))]
    public async Task FailedWrite_StopsTheActorBeforeAnyLaterCommand_AndEveryLaterWriter(string call)
    {
        var (ledger, protocol) = await Started("ledger");
        var (other, otherProtocol) = await Started("other");
        ledger.Tell(new Do(me => me.Put("stored")));
        await protocol.Expect("handled stored #1");

        _faults.Fail = Enum.Parse<StoreCall>(call);
        ledger.Tell(new Do(me => me.PutAll("lost", "lost too")));
        ledger.Tell("never");
        await protocol.Expect("persist failed lost #2 with cause", "stopped");
        protocol.ExpectNoMore();

        _faults.Fail = null;
        other.Tell(new Do(me => me.Put("refused")));
        await otherProtocol.Expect("persist failed refused #1 with cause", "stopped");

        // Reading goes on, and shows what was acknowledged; a flush that failed after the disk had it shows too.
        _system.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovered stored #1");
        await protocol.Skip(call == nameof(StoreCall.Committed) ? "completed #3" : "completed #1");
    }

    [Theory]
    [InlineData(nameof(StoreCall.ReadHighest))]
    [InlineData(nameof(StoreCall.ReadEvents))]
    [InlineData(nameof(StoreCall.ReadSnapshot))]
    public async Task FailedRead_EndsThatRecovery_AndTheNextSucceeds(string call)
    {
        var (ledger, protocol) = await Started("ledger");
        ledger.Tell(new Do(me => me.Put("stored")));
        await protocol.Expect("handled stored #1");
        await JournalHost.Stop(ledger);
        await protocol.Expect("stopped");

        _faults.Fail = Enum.Parse<StoreCall>(call);
        _system.ActorOf(Ledger.Props("ledger", protocol)).Tell("never");
        await protocol.Expect($"recovery failed: no space left on device (at {call})", "stopped");

        _faults.Fail = null;
        _system.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovered stored #1", "completed #1");
    }

    [Fact]
    public async Task FailedOpening_EndsThatRecovery_AndTheNextOpensAgain()
    {
        var protocol = new Protocol();
        _faults.Fail = StoreCall.Open;
        _system.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("recovery failed: no space left on device (at Open)", "stopped");

        _faults.Fail = null;
        _system.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("completed #0");
    }

    [Fact]
    public async Task FailedSnapshot_IsToldAndTheActorGoesOn()
    {
        var (ledger, protocol) = await Started("ledger");
        _faults.Fail = StoreCall.SaveSnapshot;

        ledger.Tell(new Do(me => me.SaveSnapshot(new Noted("s"))));
        Assert.StartsWith("save failed #0: ", await protocol.Next(), StringComparison.Ordinal);
        ledger.Tell(new Do(me => me.SaveSnapshot(new Noted("unstorable"))));
        Assert.StartsWith("save failed #0: cannot be written", await protocol.Next(), StringComparison.Ordinal);

        _faults.Fail = null;
        ledger.Tell(new Do(me => me.Put("a")));
        await protocol.Expect("handled a #1");
    }

    [Fact]
    public async Task FailedDelete_IsTold()
    {
        var (ledger, protocol) = await Started("ledger");
        ledger.Tell(new Do(me => me.Put("a")));
        await protocol.Expect("handled a #1");

        _faults.Fail = StoreCall.Delete;
        ledger.Tell(new Do(me => me.DeleteMessages(1)));

        Assert.StartsWith("delete failed to 1: ", await protocol.Next(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RejectedEvents_LeaveNoGap_AndRejectTheirWholeCall()
    {
        var (ledger, protocol) = await Started("ledger");

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
        _system.ActorOf(Ledger.Props("ledger", protocol));
        await protocol.Expect("stopped", "recovered a #1", "recovered d #2", "completed #2");
    }

    [Fact]
    public async Task RestartedActor_RecoversWhatItsLastInstanceWasStillWriting()
    {
        var (ledger, protocol) = await Started("ledger");
        _faults.Hold();
        ledger.Tell(new Do(me =>
        {
            me.Put("under way");
            throw new InvalidOperationException("the command fails after it asked");
        }));
        await _faults.Held();
        await protocol.Expect("stopped");
        _faults.Release();

        await protocol.Expect("recovered under way #1", "completed #1");
    }

    private async Task<(IActorRef Ledger, Protocol Protocol)> Started(string persistenceId)
    {
        var protocol = new Protocol();
        var ledger = _system.ActorOf(Ledger.Props(persistenceId, protocol));
        await protocol.Expect("completed #0");
        return (ledger, protocol);
    }
}
