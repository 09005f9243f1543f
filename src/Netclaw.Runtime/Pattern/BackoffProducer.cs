using Akka.Actor;

namespace Akka.Pattern;

/// <summary>Makes a supervisor from its settings, which hold functions and so are no constructor arguments.</summary>
internal sealed class BackoffProducer(Type type, Func<ActorBase> produce) : IIndirectActorProducer
{
    public Type ActorType => type;

    public ActorBase Produce() => produce();

    public void Release(ActorBase actor)
    {
    }
}
