using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Makes the actor behind a test kit: its queue is an object of this process, not an argument that could be copied.</summary>
internal sealed class TestActorProducer(MessageQueue queue) : IIndirectActorProducer
{
    public Type ActorType => typeof(InternalTestActor);

    public ActorBase Produce() => new InternalTestActor(queue);

    public void Release(ActorBase actor)
    {
    }
}
