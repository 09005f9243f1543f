using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Stress;

/// <summary>Asks to actors that are about to die.</summary>
public sealed class AskStressTests(ITestOutputHelper output) : ActorHarness
{
    [Fact]
    public async Task EveryAskEnds_WhenTheActorDiesMeanwhile()
    {
        var random = Seed.Print(output);
        var asks = new List<Task<string>>();
        for (var i = 0; i < 400; i++)
        {
            var actor = System.ActorOf(Props.Create(() => new Mortal()));
            for (var n = random.Next(1, 6); n > 0; n--)
                asks.Add(actor.Ask<string>(random.Next(2) == 0 ? "answer" : "fail", TimeSpan.FromMilliseconds(random.Next(50, 300))));
            System.Stop(actor);
            asks.Add(actor.Ask<string>("answer", TimeSpan.FromMilliseconds(50)));
        }

        var outcomes = await Task.WhenAll(asks.Select(Outcome)).WaitAsync(Patience);
        Assert.All(outcomes, outcome => Assert.Contains(outcome, new[] { "answer", nameof(AskTimeoutException) }));
        output.WriteLine(string.Join(", ", outcomes.GroupBy(each => each).Select(each => $"{each.Key}: {each.Count()}")));
    }

    [Fact]
    public async Task FailureMidway_OfManyAsynchronousHandlers_LosesNoMessage()
    {
        var random = Seed.Print(output);
        var tally = new Tally();
        var actors = Enumerable.Range(0, 50).Select(_ => System.ActorOf(Props.Create(() => new Clumsy(tally)))).ToArray();
        var failing = 0;
        for (var i = 0; i < 5_000; i++)
        {
            var fails = random.Next(5) == 0;
            failing += fails ? 1 : 0;
            actors[random.Next(actors.Length)].Tell(fails);
        }

        await Task.WhenAll(actors.Select(actor => actor.Ask<string>("done?", Patience)));
        Assert.Equal(5_000 - failing, tally.Handled);
        Assert.Equal(failing, tally.Restarted);
        Assert.Equal(0, tally.Overlaps);
    }

    private static async Task<string> Outcome(Task<string> ask)
    {
        try
        {
            return await ask;
        }
        catch (Exception error)
        {
            return error.GetType().Name;
        }
    }

    private sealed class Tally
    {
        public int Handled, Restarted, Overlaps;
    }

    private sealed class Mortal : ReceiveActor
    {
        public Mortal()
        {
            Receive<string>(text => text == "fail", _ => throw new InvalidOperationException("told to"));
            Receive<string>(text => Sender.Tell(text));
        }
    }

    private sealed class Clumsy : ReceiveActor
    {
        private readonly Tally tally;
        private int inside;

        public Clumsy(Tally tally)
        {
            this.tally = tally;
            ReceiveAsync<bool>(async fails =>
            {
                if (++inside != 1)
                    Interlocked.Increment(ref tally.Overlaps);
                await Task.Yield();
                if (fails)
                    throw new InvalidOperationException("midway");
                await Task.Run(() => { });
                inside--;
                Interlocked.Increment(ref tally.Handled);
            });
            Receive<string>(_ => Sender.Tell("done"));
        }

        protected override void PostRestart(Exception reason) => Interlocked.Increment(ref tally.Restarted);
    }
}
