using Akka.Actor;
using Akka.Persistence;

namespace Netclaw.Benchmarks.Runtime.Persistence;

/// <summary>Persists one event per <see cref="One"/> or many per <see cref="Many"/>, and says when it has handled as many as were announced.</summary>
internal sealed class Writer : UntypedPersistentActor
{
    public static readonly object One = new();

    private readonly TaskCompletionSource _recovered;
    private readonly Action<Fact> _handled;
    private Expect? _expect;
    private long _left;

    public Writer(string persistenceId, TaskCompletionSource recovered)
    {
        PersistenceId = persistenceId;
        _recovered = recovered;
        _handled = _ => Handled();
    }

    public override string PersistenceId { get; }

    public long Recovered { get; private set; }

    public static Props Props(string persistenceId, TaskCompletionSource recovered) =>
        Akka.Actor.Props.Create(() => new Writer(persistenceId, recovered));

    protected override void OnCommand(object message)
    {
        switch (message)
        {
            case Expect expect:
                _expect = expect;
                _left = expect.Events;
                break;
            case Fact[] facts:
                PersistAll(facts, _handled);
                break;
            default:
                Persist(Fact.Of200Bytes, _handled);
                break;
        }
    }

    protected override void OnRecover(object message)
    {
        if (message is RecoveryCompleted)
        {
            _recovered.TrySetResult();
        }
        else
        {
            Recovered++;
        }
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) => _expect?.Done.TrySetException(cause);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) => _recovered.TrySetException(reason);

    private void Handled()
    {
        if (--_left == 0)
        {
            _expect!.Done.TrySetResult();
        }
    }

    internal sealed record Expect(long Events, TaskCompletionSource Done);
}
