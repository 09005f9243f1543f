using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Event;
using Akka.Persistence;
using Netclaw.Runtime.Contract.Persistence;
using Netclaw.Runtime.Internals.Sql;
using Netclaw.Runtime.Sql.Plugin;

namespace Netclaw.Runtime.Internals.Persistence;

/// <summary>Commands that wait for the journal when there is room for two.</summary>
public sealed class InternalStashTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task OverflowingCommands_AreDeadLetters_WhenDiscarded() => await With(
        "Akka.Persistence.DiscardConfigurator, Akka.Persistence",
        async (system, ledger, protocol, faults) =>
        {
            var letters = new Protocol();
            system.EventStream.Subscribe(system.ActorOf(Props.Create(() => new Listener(letters))), typeof(DeadLetter));
            Tell(ledger, 4);
            await letters.Expect("dead c3", "dead c4");
            faults.Release();

            await protocol.Expect("handled held #1", "command c1", "command c2");
        });

    [Fact]
    public async Task OverflowingCommands_AreAnswered_WhenTheStrategyReplies() => await With(
        typeof(FullConfigurator).AssemblyQualifiedName!,
        async (_, ledger, protocol, faults) =>
        {
            Tell(ledger, 2);
            Assert.Equal("full", await ledger.Ask<string>("c3", Longest));
            faults.Release();

            await protocol.Expect("handled held #1", "command c1", "command c2");
        });

    [Fact]
    public async Task OverflowingCommand_FailsTheActor_ByDefault() => await With(
        "Akka.Persistence.ThrowExceptionConfigurator, Akka.Persistence",
        async (_, ledger, protocol, faults) =>
        {
            Tell(ledger, 3);
            await protocol.Expect("stopped");
            faults.Release();

            // The one that failed is gone, the others come back after the recovery.
            await protocol.Expect("recovered held #1", "completed #1", "command c1", "command c2");
        });

    [Fact]
    public async Task DeathNotices_WaitWithTheCommands_AndAreNotLost() => await With(
        "Akka.Persistence.ThrowExceptionConfigurator, Akka.Persistence",
        async (system, ledger, protocol, faults) =>
        {
            // The ledger waits for its journal while the watched actor dies; the watch itself came before.
            ledger.Tell("before");
            faults.Release();
            await protocol.Expect("handled held #1", "command before");
            var mortal = system.ActorOf(Props.Create<Mortal>());
            faults.Hold();
            ledger.Tell(new Do(me =>
            {
                me.WatchAnother(mortal);
                me.Put("second");
            }));
            await faults.Held();
            await JournalHost.Stop(mortal);
            ledger.Tell("after");
            faults.Release();

            await protocol.Expect("handled second #2");
            string[] rest = [await protocol.Next(), await protocol.Next()];
            Assert.Equal(["command after", "terminated"], rest.Order(StringComparer.Ordinal));
        });

    private static void Tell(IActorRef ledger, int commands)
    {
        for (var i = 1; i <= commands; i++)
        {
            ledger.Tell($"c{i}");
        }
    }

    private static async Task With(string strategy, Func<ActorSystem, IActorRef, Protocol, ScriptedFaults, Task> test)
    {
        var faults = new ScriptedFaults();
        await using var host = await JournalHost.Start(JournalHost.Sqlite);
        var config = ConfigurationFactory.ParseString(
            $"akka.actor.default-mailbox.stash-capacity = 2\nakka.persistence.internal-stash-overflow-strategy = \"{strategy}\"").WithFallback(host.Config);
        var system = ActorSystem.Create("small", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new StoreFaultSetup(faults)));
        try
        {
            var protocol = new Protocol();
            var ledger = system.ActorOf(Ledger.Props("ledger", protocol));
            await protocol.Expect("completed #0");
            faults.Hold();
            ledger.Tell(new Do(me => me.Put("held")));
            await faults.Held();
            await test(system, ledger, protocol, faults);
        }
        finally
        {
            faults.Release();
            await system.Terminate().WaitAsync(Longest);
        }
    }

    private sealed class Mortal : ReceiveActor;

    private sealed class Listener : ReceiveActor
    {
        public Listener(Protocol protocol) => Receive<DeadLetter>(letter => protocol.Add($"dead {letter.Message}"), letter => letter.Message is string);
    }

    private sealed class FullConfigurator : IStashOverflowStrategyConfigurator
    {
        public IStashOverflowStrategy Create(Config config) => new ReplyToStrategy("full");
    }
}
