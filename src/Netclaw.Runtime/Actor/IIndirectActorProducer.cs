namespace Akka.Actor;

/// <summary>Makes actor instances in place of their constructor.</summary>
/// <remarks>Akka.NET documentation, "Props".</remarks>
public interface IIndirectActorProducer
{
    /// <summary>What <see cref="Produce"/> makes, or a base of it.</summary>
    Type ActorType { get; }

    /// <summary>A fresh instance each time: every restart calls it again.</summary>
    ActorBase Produce();

    /// <summary>The instance is done with.</summary>
    void Release(ActorBase actor);
}
