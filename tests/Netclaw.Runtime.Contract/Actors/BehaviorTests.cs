using Akka.Actor;
using Akka.Event;

namespace Netclaw.Runtime.Contract.Actors;

public sealed class BehaviorTests : ActorHarness
{
    [Fact]
    public async Task BecomeStacked_ReturnsToTheBehaviourBelow()
    {
        var actor = System.ActorOf(Props.Create(() => new Moody()));
        Assert.Equal("calm", await actor.Ask<string>("mood?", Patience));
        actor.Tell("anger");
        Assert.Equal("angry", await actor.Ask<string>("mood?", Patience));
        actor.Tell("calm down");
        Assert.Equal("calm", await actor.Ask<string>("mood?", Patience));
    }

    [Fact]
    public async Task Become_ReplacesTheBehaviour()
    {
        var actor = System.ActorOf(Props.Create(() => new Moody()));
        actor.Tell("sulk");
        Assert.Equal("sulky", await actor.Ask<string>("mood?", Patience));
        actor.Tell("calm down");
        Assert.Equal("calm", await actor.Ask<string>("mood?", Patience));
    }

    [Fact]
    public async Task Publishes_UnhandledMessage()
    {
        var unhandled = Subscribe<UnhandledMessage>();
        var actor = System.ActorOf(Props.Create(() => new Moody()));
        actor.Tell(42, unhandled.Ref);
        var published = await unhandled.Next<UnhandledMessage>();
        Assert.Equal(42, published.Message);
        Assert.Equal(actor, published.Recipient);
    }

    [Fact]
    public async Task Restart_ReturnsToTheInitialBehaviour()
    {
        var actor = System.ActorOf(Props.Create(() => new Moody()));
        actor.Tell("anger");
        actor.Tell("fail");
        Assert.Equal("calm", await actor.Ask<string>("mood?", Patience));
    }

    [Fact]
    public async Task TriesHandlersInOrder()
    {
        var actor = System.ActorOf(Props.Create(() => new Picky()));
        Assert.Equal("small", await actor.Ask<string>(3, Patience));
        Assert.Equal("number", await actor.Ask<string>(30, Patience));
        Assert.Equal("comparable", await actor.Ask<string>(3L, Patience));
        Assert.Equal("any", await actor.Ask<string>(new object(), Patience));
    }

    [Fact]
    public async Task Refuses_HandlerAfterReceiveAny()
    {
        var failures = NewMailbag();
        System.ActorOf(Props.Create(() => new Late(failures.Ref)));
        Assert.IsType<InvalidOperationException>(await failures.Next());
    }

    [Fact]
    public async Task Forward_KeepsTheSender()
    {
        var target = System.ActorOf(Props.Create(() => new Moody()));
        var relay = System.ActorOf(Props.Create(() => new Relay(target)));
        Assert.Equal("calm", await relay.Ask<string>("mood?", Patience));
    }

    [Fact]
    public async Task ReceiveTimeout_ArrivesWhenNothingElseDoes()
    {
        var mailbag = NewMailbag();
        System.ActorOf(Props.Create(() => new Impatient(mailbag.Ref)));
        Assert.Equal("timeout", await mailbag.Next());
        await mailbag.ExpectNothingMore();
    }

    private sealed class Moody : ReceiveActor
    {
        public Moody()
        {
            Answer("calm");
            Receive<string>(text => text == "anger", _ => BecomeStacked(() =>
            {
                Answer("angry");
                Receive<string>(text => text == "calm down", _ => UnbecomeStacked());
                Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
            }));
            Receive<string>(text => text == "sulk", _ => Become(() =>
            {
                Answer("sulky");
                Receive<string>(text => text == "calm down", _ => Become(() => Answer("calm")));
            }));
        }

        private void Answer(string mood) => Receive<string>(text => text == "mood?", _ => Sender.Tell(mood));
    }

    private sealed class Picky : ReceiveActor
    {
        public Picky()
        {
            Receive<int>(number => number < 10, _ => Sender.Tell("small"));
            Receive<int>(_ => Sender.Tell("number"));
            Receive<IComparable>(_ => Sender.Tell("comparable"));
            ReceiveAny(_ => Sender.Tell("any"));
        }
    }

    private sealed class Late : ReceiveActor
    {
        public Late(IActorRef failures)
        {
            ReceiveAny(_ => { });
            try
            {
                Receive<string>(_ => { });
            }
            catch (Exception error)
            {
                failures.Tell(error);
            }
        }
    }

    private sealed class Relay(IActorRef target) : UntypedActor
    {
        protected override void OnReceive(object message) => target.Forward(message);
    }

    private sealed class Impatient : ReceiveActor
    {
        public Impatient(IActorRef listener)
        {
            Context.SetReceiveTimeout(TimeSpan.FromMilliseconds(20));
            Receive<ReceiveTimeout>(_ =>
            {
                Context.SetReceiveTimeout(null);
                listener.Tell("timeout");
            });
        }
    }
}
