using Akka.Actor;

namespace Netclaw.Actors.Sessions;

/// <summary>Makes one session's actor, once: a session is never restarted. It lets go of what it was made from, so that the props keep no challenge alive.</summary>
internal sealed class SessionProducer(SessionParts parts, OpenSession open) : IIndirectActorProducer
{
    private OpenSession? _open = open;

    public Type ActorType => typeof(SessionActor);

    public ActorBase Produce() => new SessionActor(
        parts, Interlocked.Exchange(ref _open, null) ?? throw new InvalidOperationException("a session is made once"));

    public void Release(ActorBase actor)
    {
    }
}
