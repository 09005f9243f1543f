namespace Akka.Actor;

/// <summary>Makes actor instances in place of their constructor.</summary>
public interface IIndirectActorProducer
{
    Type ActorType { get; }

    /// <summary>A fresh instance each time: every restart calls it again.</summary>
    ActorBase Produce();

    /// <summary>The instance is done with.</summary>
    void Release(ActorBase actor);
}
