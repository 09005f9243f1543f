using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>Lets a test choose the strategy of each child of its test actor; the default strategy for the others.</summary>
internal sealed class DelegatingSupervisorStrategy : SupervisorStrategy
{
    private readonly Dictionary<IActorRef, SupervisorStrategy> _ofChild = [];

    public override IDecider Decider => DefaultStrategy.Decider;

    /// <summary>Sets the strategy for a child.</summary>
    public void Update(IActorRef child, SupervisorStrategy supervisorStrategy) => _ofChild[child] = supervisorStrategy;

    protected override Directive Handle(IActorRef child, Exception exception) => Of(child).Decider.Decide(exception);

    internal override void ProcessFailure(ActorCell parent, bool restart, LocalActorRef child, Exception cause, ActorChildren children)
        => Of(child).ProcessFailure(parent, restart, child, cause, children);

    private SupervisorStrategy Of(IActorRef child) => _ofChild.GetValueOrDefault(child, DefaultStrategy);
}
