using Akka.Actor;
using Akka.Configuration;
using Netclaw.Runtime.Contract.Actors;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Stress;

/// <summary>A system that ends while everything goes on.</summary>
public sealed class TerminationStressTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Terminate_Completes_DuringEverything()
    {
        var random = Seed.Print(output);
        for (var round = 0; round < 20; round++)
        {
            var system = ActorSystem.Create(
                "ending", ConfigurationFactory.ParseString("akka { loglevel = OFF, stdout-loglevel = OFF, log-dead-letters = off, loggers = [] }"));
            var busy = Enumerable.Range(0, 50).Select(_ => system.ActorOf(Props.Create(() => new Restless(0)))).ToArray();
            var seed = random.Next();
            using var stop = new CancellationTokenSource();
            var load = Task.Run(() => Disturb(system, busy, new Random(seed), stop.Token));
            for (var i = random.Next(2_000); i > 0; i--)
                busy[random.Next(busy.Length)].Tell(i);
            await system.Terminate().WaitAsync(Mailbag.Patience);
            await stop.CancelAsync();
            await load.WaitAsync(Mailbag.Patience);
            Assert.True(system.WhenTerminated.IsCompletedSuccessfully);
            Assert.All(busy, actor => Assert.True(((IInternalActorRef)actor).IsTerminated));
        }
    }

    private static async Task Disturb(ActorSystem system, IActorRef[] actors, Random random, CancellationToken stop)
    {
        var asks = new List<Task>();
        while (!stop.IsCancellationRequested)
        {
            var actor = actors[random.Next(actors.Length)];
            switch (random.Next(6))
            {
                case 0:
                    actor.Tell("fail");
                    break;
                case 1:
                    actor.Tell("spawn");
                    break;
                case 2:
                    actor.Tell("async");
                    break;
                case 3:
                    asks.Add(actor.Ask<object>("ask", TimeSpan.FromSeconds(5), CancellationToken.None));
                    break;
                case 4:
                    system.Stop(actor);
                    break;
                default:
                    system.EventStream.Subscribe(actor, typeof(string));
                    system.EventStream.Publish("news");
                    break;
            }

            if (asks.Count > 200)
                break;
        }

        await Task.WhenAll(asks.Select(ask => ask.ContinueWith(static done => _ = done.Exception, TaskScheduler.Default)));
    }

    private sealed class Restless : ReceiveActor, IWithTimers
    {
        public Restless(int depth)
        {
            Receive<int>(_ => { });
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
            Receive<string>(text => text == "spawn", _ =>
            {
                if (depth < 3)
                    Context.Watch(Context.ActorOf(Props.Create(() => new Restless(depth + 1)))).Tell("spawn");
            });
            ReceiveAsync<string>(text => text == "async", async _ => await Task.Yield());
            Receive<string>(text => text == "ask", _ => Sender.Tell("answer"));
            Receive<Terminated>(_ => { });
        }

        public ITimerScheduler Timers { get; set; } = null!;

        protected override void PreStart() => Timers.StartPeriodicTimer("tick", 1, TimeSpan.FromMilliseconds(1));
    }
}
