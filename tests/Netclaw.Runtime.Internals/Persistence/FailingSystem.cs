using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Netclaw.Runtime.Contract.Persistence;
using Netclaw.Runtime.Internals.Sql;
using Netclaw.Runtime.Sql.Plugin;

namespace Netclaw.Runtime.Internals.Persistence;

/// <summary>An actor system on a journal of its own that fails where the test says.</summary>
internal sealed class FailingSystem : IAsyncDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly JournalHost host;

    private FailingSystem(JournalHost host)
    {
        this.host = host;
        var config = host.Kind == JournalHost.InMemory ? ConfigurationFactory.ParseString(FaultyMemoryJournal.Hocon).WithFallback(host.Config) : host.Config;
        System = ActorSystem.Create("failing", ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), new StoreFaultSetup(Faults)));
    }

    public ScriptedFaults Faults { get; } = new();

    public ActorSystem System { get; }

    public static async Task<FailingSystem> Start(string kind) => new(await JournalHost.Start(kind));

    public async Task<(IActorRef Ledger, Protocol Protocol)> Started(string persistenceId)
    {
        var protocol = new Protocol();
        var ledger = System.ActorOf(Ledger.Props(persistenceId, protocol));
        await protocol.Expect("completed #0");
        return (ledger, protocol);
    }

    public async ValueTask DisposeAsync()
    {
        await System.Terminate().WaitAsync(Longest);
        await host.DisposeAsync();
    }
}
