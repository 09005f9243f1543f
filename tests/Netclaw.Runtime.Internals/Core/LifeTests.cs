using Akka.Actor;
using Akka.Event;

namespace Netclaw.Runtime.Internals.Core;

public sealed class LifeTests : CoreSystem
{
    [Fact]
    public async Task GeneratedNames_CountPerParent_AndAreFound()
    {
        var first = System.ActorOf(Props.Empty);
        var second = System.ActorOf(Props.Empty);
        Assert.Equal(["$a", "$b"], [first.Path.Name, second.Path.Name]);
        Assert.Same(second, await System.ActorSelection("/user/$b").ResolveOne(Patience));
    }

    [Fact]
    public async Task Names_AreFree_AsSoonAsAnybodyLearnsOfTheEnd()
    {
        for (var i = 0; i < 200; i++)
        {
            var actor = System.ActorOf(Props.Empty, "reused");
            Assert.True(await actor.GracefulStop(Patience));
        }
    }

    [Fact]
    public async Task AsynchronousHandler_RunsItsFinallyBlocks_AfterTheActorStopped()
    {
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cleaned = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var actor = System.ActorOf(Props.Create(() => new Careful(release.Task, cleaned)));
        Assert.Equal("begun", await actor.Ask<string>("begin", Patience));
        System.Stop(actor);
        using var limit = new CancellationTokenSource(Patience);
        Assert.True(await actor.WatchAsync(limit.Token));
        release.SetResult();
        await cleaned.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task Subscription_EndsWithTheActor()
    {
        var actor = System.ActorOf(Props.Empty);
        Assert.True(System.EventStream.Subscribe(actor, typeof(string)));
        await actor.GracefulStop(Patience);
        Assert.False(System.EventStream.Unsubscribe(actor, typeof(string)));
        Assert.False(System.EventStream.Subscribe(actor, typeof(string)));
    }

    [Fact]
    public async Task DeadLetter_ForADeadSubscriber_IsNotPublishedAgain()
    {
        var subscriber = System.ActorOf(Props.Empty);
        System.EventStream.Subscribe(subscriber, typeof(DeadLetter));
        System.Stop(subscriber);
        for (var i = 0; i < 1_000; i++)
            System.DeadLetters.Tell("lost");
        using var limit = new CancellationTokenSource(Patience);
        Assert.True(await subscriber.WatchAsync(limit.Token));
    }

    [Fact]
    public async Task OnTermination_RunsLastRegisteredFirst_AfterTheActors()
    {
        var order = new List<string>();
        var actor = System.ActorOf(Props.Create(() => new Last(order)));
        await actor.Ask<ActorIdentity>(new Identify(0), Patience);
        System.RegisterOnTermination(() => order.Add("first"));
        System.RegisterOnTermination(() => order.Add("second"));
        await System.Terminate().WaitAsync(Patience);
        Assert.Equal(["actor", "second", "first"], order);
        Assert.Throws<InvalidOperationException>(() => System.RegisterOnTermination(() => { }));
        Assert.Throws<InvalidOperationException>(() => System.ActorOf(Props.Empty));
    }

    [Fact]
    public async Task Escalation_ToTheUserGuardian_EndsTheSystem()
    {
        var parent = System.ActorOf(Props.Create(() => new Careful(Task.CompletedTask, new TaskCompletionSource()))
            .WithSupervisorStrategy(new OneForOneStrategy(_ => Directive.Escalate)));
        Assert.NotNull(parent);
        System.Root.SendSystemMessage(new Akka.Dispatch.SysMsg.Failed(System.UserGuardian, new InvalidOperationException("guardian")));
        await System.WhenTerminated.WaitAsync(Patience);
    }

    private sealed class Careful : ReceiveActor
    {
        public Careful(Task release, TaskCompletionSource cleaned) => ReceiveAsync<string>(async _ =>
        {
            try
            {
                Sender.Tell("begun");
                await release;
            }
            finally
            {
                cleaned.TrySetResult();
            }
        });
    }

    private sealed class Last(List<string> order) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
        }

        protected override void PostStop() => order.Add("actor");
    }
}
