using System.Linq.Expressions;
using Akka.Actor;
using Akka.TestKit.Internal;
using Akka.Util;

namespace Akka.TestKit;

public abstract partial class TestKitBase
{
    /// <summary>Makes an actor of the test's system.</summary>
    public IActorRef ActorOf(Props props) => Sys.ActorOf(props);

    /// <summary>Makes an actor of the test's system.</summary>
    public IActorRef ActorOf(Props props, string? name) => Sys.ActorOf(props, name);

    /// <summary>Makes an actor of the test's system.</summary>
    public IActorRef ActorOf<TActor>() where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>());

    /// <summary>Makes an actor of the test's system.</summary>
    public IActorRef ActorOf<TActor>(string? name) where TActor : ActorBase, new() => Sys.ActorOf(Props.Create<TActor>(), name);

    /// <summary>Makes an actor of the test's system.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory));

    /// <summary>Makes an actor of the test's system.</summary>
    public IActorRef ActorOf<TActor>(Expression<Func<TActor>> factory, string? name) where TActor : ActorBase => Sys.ActorOf(Props.Create(factory), name);

    /// <summary>A selection of what stands at the path.</summary>
    public ActorSelection ActorSelection(ActorPath actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>A selection of what stands at the path.</summary>
    public ActorSelection ActorSelection(string actorPath) => Sys.ActorSelection(actorPath);

    /// <summary>A selection of what stands at the path.</summary>
    public ActorSelection ActorSelection(IActorRef anchorRef, string actorPath) => Sys.ActorSelection(anchorRef, actorPath);

    /// <summary>Another test actor that puts what it receives into this test's queue.</summary>
    public IActorRef CreateTestActor(string name)
        => ((ExtendedActorSystem)Sys).SystemActorOf(Props.CreateBy(new TestActorProducer(_queue)), name);

    /// <summary>A test actor with a queue of its own.</summary>
    public virtual TestProbe CreateTestProbe(string? name = null) => CreateTestProbe(Sys, name);

    /// <summary>A test actor with a queue of its own.</summary>
    public virtual TestProbe CreateTestProbe(ActorSystem system, string? name = null) => new(system, _assertions, name);

    /// <summary>Opens when it was counted down so often.</summary>
    public virtual TestLatch CreateTestLatch(int count = 1) => new(Dilated, TestKitSettings.DefaultTimeout, count);

    /// <summary>Opens when so many have come.</summary>
    public TestBarrier CreateTestBarrier(int count) => new(this, count);

    /// <summary>Makes the test actor watch. One that has ended already is answered at once.</summary>
    public IActorRef Watch(IActorRef actorToWatch) => Ordered(new TestActor.Watch(actorToWatch), actorToWatch);

    /// <summary>Ends a death watch of the test actor.</summary>
    public IActorRef Unwatch(IActorRef actorToUnwatch) => Ordered(new TestActor.Unwatch(actorToUnwatch), actorToUnwatch);

    /// <inheritdoc cref="Watch"/>
    public Task<IActorRef> WatchAsync(IActorRef actorToWatch) => Task.FromResult(Watch(actorToWatch));

    /// <summary>Ends a death watch of the test actor.</summary>
    public Task<IActorRef> UnwatchAsync(IActorRef actorToUnwatch) => Task.FromResult(Unwatch(actorToUnwatch));

    /// <summary>Lets <paramref name="pilot"/> answer what the test actor receives.</summary>
    public void SetAutoPilot(AutoPilot pilot) => TestActor.Tell(new TestActor.SetAutoPilot(pilot));

    /// <summary>Keeps messages out of the queue.</summary>
    public void IgnoreMessages(Func<object, bool> shouldIgnoreMessage) => TestActor.Tell(new TestActor.SetIgnore(message => shouldIgnoreMessage(message)));

    /// <summary>Keeps messages out of the queue.</summary>
    public void IgnoreMessages<TMsg>(Func<TMsg, bool> shouldIgnoreMessage) => IgnoreMessages(message => message is TMsg typed && shouldIgnoreMessage(typed));

    /// <summary>Keeps messages out of the queue.</summary>
    public void IgnoreMessages<TMsg>() => IgnoreMessages(static message => message is TMsg);

    /// <summary>Every message arrives again.</summary>
    public void IgnoreNoMessages() => TestActor.Tell(new TestActor.SetIgnore(null));

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        => Sync(Spawn(false, props, name, supervisorStrategy, cancellationToken));

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        => Sync(Spawn(false, props, null, supervisorStrategy, cancellationToken));

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, string name, CancellationToken cancellationToken = default)
        => Sync(Spawn(false, props, name, null, cancellationToken));

    /// <summary>Creates a child of the test actor.</summary>
    public IActorRef ChildActorOf(Props props, CancellationToken cancellationToken = default)
        => Sync(Spawn(false, props, null, null, cancellationToken));

    /// <summary>Makes a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, string name, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        => Spawn(true, props, name, supervisorStrategy, cancellationToken).AsTask();

    /// <summary>Makes a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, SupervisorStrategy supervisorStrategy, CancellationToken cancellationToken = default)
        => Spawn(true, props, null, supervisorStrategy, cancellationToken).AsTask();

    /// <summary>Makes a child of the test actor.</summary>
    public Task<IActorRef> ChildActorOfAsync(Props props, string name, CancellationToken cancellationToken = default)
        => Spawn(true, props, name, null, cancellationToken).AsTask();

    /// <inheritdoc cref="ChildActorOf(Props, CancellationToken)"/>
    public Task<IActorRef> ChildActorOfAsync(Props props, CancellationToken cancellationToken = default)
        => Spawn(true, props, null, null, cancellationToken).AsTask();

    private ValueTask<IActorRef> Spawn(bool async, Props props, string? name, SupervisorStrategy? strategy, CancellationToken token)
    {
        TestActor.Tell(new TestActor.Spawn(
            props,
            name is null ? Option<string>.None : Option<string>.Create(name),
            strategy is null ? Option<SupervisorStrategy>.None : Option<SupervisorStrategy>.Create(strategy)));
        return ExpectType<IActorRef>(async, null, null, static (_, _) => null, token);
    }

    private IActorRef Ordered(object order, IActorRef subject)
    {
        TestActor.Tell(order);
        return subject;
    }
}
