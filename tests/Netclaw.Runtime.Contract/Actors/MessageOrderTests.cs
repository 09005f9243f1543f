using Akka.Actor;
using Akka.Event;

namespace Netclaw.Runtime.Contract.Actors;

public sealed class MessageOrderTests : ActorHarness
{
    [Fact]
    public async Task Keeps_OrderPerSenderAndReceiver()
    {
        var mailbag = NewMailbag();
        var relays = Enumerable.Range(0, 4).Select(id => System.ActorOf(Props.Create(() => new Relay(id, mailbag.Ref)))).ToArray();
        for (var i = 0; i < 2_000; i++)
            relays[i % relays.Length].Tell(i);
        var last = new int[relays.Length];
        Array.Fill(last, -1);
        for (var i = 0; i < 2_000; i++)
        {
            var (relay, number) = await mailbag.Next<(int, int)>();
            Assert.True(number > last[relay], $"{number} came after {last[relay]} from relay {relay}");
            last[relay] = number;
        }
    }

    [Fact]
    public async Task Processes_OneMessageAtATime()
    {
        var actor = System.ActorOf(Props.Create(() => new Counter()));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < 5_000; i++)
                actor.Tell("add");
        })));
        Assert.Equal(20_000, await actor.Ask<int>("get", Patience));
    }

    [Fact]
    public async Task Delivers_AtMostOnce_AlsoWhatFailed()
    {
        const int Messages = 1_000;
        var seen = new int[Messages];
        var actor = System.ActorOf(Props.Create(() => new Stumbling(seen)));
        for (var i = 0; i < Messages; i++)
            actor.Tell(i);
        await Processed(actor);
        Assert.All(seen, times => Assert.Equal(1, times));
    }

    [Fact]
    public async Task Becomes_DeadLetter_WhenActorStopped()
    {
        var letters = Subscribe<DeadLetter>();
        var actor = System.ActorOf(Props.Create(() => new Counter()));
        Assert.True(await actor.GracefulStop(Patience));
        actor.Tell("late", letters.Ref);
        var letter = await letters.Next<DeadLetter>();
        Assert.Equal("late", letter.Message);
        Assert.Equal(actor, letter.Recipient);
        Assert.Equal(letters.Ref, letter.Sender);
    }

    [Fact]
    public void Refuses_NullMessage() =>
        Assert.Throws<InvalidMessageException>(() => System.ActorOf(Props.Create(() => new Counter())).Tell(null!));

    private sealed class Relay(int id, IActorRef target) : UntypedActor
    {
        protected override void OnReceive(object message) => target.Tell((id, (int)message));
    }

    /// <summary>Fails at every seventh message, after it has counted it, and is restarted.</summary>
    private sealed class Stumbling(int[] seen) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (++seen[(int)message] == 1 && (int)message % 7 == 0)
                throw new InvalidOperationException($"at {message}");
        }
    }

    private sealed class Counter : ReceiveActor
    {
        private int count;

        public Counter()
        {
            Receive<string>(text => text == "add", _ => count++);
            Receive<string>(text => text == "get", _ => Sender.Tell(count));
        }
    }
}
