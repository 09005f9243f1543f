using Akka.Actor;
using Akka.Persistence;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;

namespace Netclaw.Daemon.Tests.Journal;

/// <summary>The smallest thing that writes to the journal: it keeps what it reads and decides nothing, so that any event may stand anywhere.</summary>
internal sealed class Ledger : NetclawPersistentActor<RegistryEvent, RegistryState>
{
    private readonly TaskCompletionSource<int> _recovered;
    private int _events;

    public Ledger(string id, JournalParts parts, TaskCompletionSource<int> recovered) : base(id, new RegistryCodec(), parts)
    {
        _recovered = recovered;
        Command<RegistryEvent[]>(events =>
        {
            var asker = Sender;
            PersistBatch(events, _ => asker.Tell("written"));
        });
        Command<Snapshot>(_ =>
        {
            _asker = Sender;
            var (manifest, bytes) = new RegistryCodec().EncodeSnapshot(RegistryState.Empty);
            SaveAnchored(manifest, bytes);
        });
        Command<SaveSnapshotSuccess>(_ => _asker.Tell("saved"));
    }

    private IActorRef _asker = ActorRefs.Nobody;

    public static Props Props(string id, JournalParts parts, TaskCompletionSource<int> recovered) => Akka.Actor.Props.Create(typeof(Ledger), id, parts, recovered);

    protected override void OnSnapshot(RegistryState snapshot)
    {
    }

    protected override void OnEvent(RegistryEvent @event) => _events++;

    protected override void OnRecovered() => _recovered.TrySetResult(_events);

    protected override void OnWriteFailed()
    {
    }

    public sealed record Snapshot;
}
