namespace Akka.Actor;

/// <summary>The current behaviour and those below it. Null is the actor's own Receive.</summary>
internal sealed partial class ActorCell
{
    private Receive? behavior;
    private Stack<Receive?>? behaviors;

    /// <summary>The actor's own Receive as a behaviour, for actors that override AroundReceive; else null.</summary>
    private Receive? aroundReceive;

    public void Become(Receive receive) => behavior = receive;

    public void BecomeStacked(Receive receive)
    {
        (behaviors ??= new()).Push(behavior);
        behavior = receive;
    }

    public void UnbecomeStacked() => behavior = behaviors is { Count: > 0 } ? behaviors.Pop() : null;

    public void Become(UntypedReceive receive) => Become(AsReceive(receive));

    public void BecomeStacked(UntypedReceive receive) => BecomeStacked(AsReceive(receive));

    private static Receive AsReceive(UntypedReceive receive) => message =>
    {
        receive(message);
        return true;
    };
}
