using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Filters in force, from now until disposal.</summary>
internal sealed class Muted : IUnmutableFilter
{
    private readonly ActorSystem _system;
    private readonly IReadOnlyCollection<EventFilterBase> _filters;

    public Muted(ActorSystem system, IReadOnlyCollection<EventFilterBase> filters)
    {
        _system = system;
        _filters = filters;
        system.EventStream.Publish(new TestEvent.Mute(filters));
    }

    public void Unmute() => _system.EventStream.Publish(new TestEvent.Unmute(_filters));

    public void Dispose() => Unmute();
}
