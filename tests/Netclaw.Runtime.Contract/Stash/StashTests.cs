using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;

namespace Netclaw.Runtime.Contract.Stash;

public sealed class StashTests : ActorHarness
{
    [Fact]
    public async Task UnstashAll_BringsMessagesBackInOrder_BeforeTheMailbox()
    {
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Shy(mailbag.Ref)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("open");
        actor.Tell(3);
        Assert.Equal(1, await mailbag.Next());
        Assert.Equal(2, await mailbag.Next());
        Assert.Equal(3, await mailbag.Next());
    }

    [Fact]
    public async Task Stashed_KeepsTheSender()
    {
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Shy(mailbag.Ref)));
        actor.Tell(1, mailbag.Ref);
        actor.Tell("open");
        Assert.Equal(1, await mailbag.Next());
        Assert.Equal(mailbag.Ref, mailbag.LastSender);
    }

    [Fact]
    public async Task Restart_BringsStashedMessagesBack()
    {
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Shy(mailbag.Ref)));
        actor.Tell(1);
        actor.Tell(2);
        actor.Tell("fail");
        actor.Tell("open");
        Assert.Equal(1, await mailbag.Next());
        Assert.Equal(2, await mailbag.Next());
    }

    [Fact]
    public async Task Overflow_FailsTheActor()
    {
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Shy(mailbag.Ref)).WithStashCapacity(2));
        for (var i = 0; i < 3; i++)
            actor.Tell(i);
        Assert.IsType<StashOverflowException>(await mailbag.Next());
        actor.Tell("open");
        Assert.Equal(0, await mailbag.Next());
        Assert.Equal(1, await mailbag.Next());
        await mailbag.ExpectNothingMore();
    }

    [Fact]
    public async Task StashingOneMessageTwice_FailsTheActor()
    {
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Shy(mailbag.Ref)));
        actor.Tell("twice");
        Assert.IsType<IllegalActorStateException>(await mailbag.Next());
    }

    private sealed class Shy : ReceiveActor, IWithStash
    {
        private readonly IActorRef listener;

        public Shy(IActorRef listener)
        {
            this.listener = listener;
            Receive<int>(_ => Stash.Stash());
            Receive<string>(text => text == "open", _ =>
            {
                Become(() => Receive<int>(number => listener.Forward(number)));
                Stash.UnstashAll();
            });
            Receive<string>(text => text == "twice", _ =>
            {
                Stash.Stash();
                Stash.Stash();
            });
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
        }

        public IStash Stash { get; set; } = null!;

        protected override void PreRestart(Exception reason, object message)
        {
            if (message is not "fail")
                listener.Tell(reason);
            base.PreRestart(reason, message);
        }
    }
}
