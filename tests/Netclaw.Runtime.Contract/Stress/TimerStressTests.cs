using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Stress;

/// <summary>Timers on the real clock, cancelled and started again at the moment they fire.</summary>
public sealed class TimerStressTests(ITestOutputHelper output) : ActorHarness
{
    [Fact]
    public async Task CancelledTick_NeverArrives_WhenCancelMeetsFire()
    {
        var seed = Seed.Print(output).Next();
        var actors = Enumerable.Range(0, 20).Select(i => System.ActorOf(Props.Create(() => new Racer(seed + i)))).ToArray();
        var verdicts = await Task.WhenAll(actors.Select(actor => actor.Ask<(int Fired, int Wrong)>("start", Patience)));
        Assert.Equal(0, verdicts.Sum(each => each.Wrong));
        Assert.True(verdicts.Sum(each => each.Fired) > 0, "no timer fired at all");
    }

    /// <summary>Starts timers of a few milliseconds and cancels or replaces them at random times around that.</summary>
    private sealed class Racer : ReceiveActor, IWithTimers
    {
        private readonly Random random;
        private readonly long[] current = new long[4];
        private IActorRef asker = ActorRefs.Nobody;
        private long counter;
        private int fired, wrong, steps;

        public Racer(int seed)
        {
            random = new Random(seed);
            Receive<string>(_ =>
            {
                asker = Sender;
                Timers.StartPeriodicTimer("step", new Step(), TimeSpan.FromMilliseconds(1));
            });
            Receive<Fired>(tick =>
            {
                fired++;
                if (current[tick.Key] != tick.Number)
                    wrong++;
                current[tick.Key] = 0;
            });
            Receive<Step>(_ => TakeStep());
        }

        public ITimerScheduler Timers { get; set; } = null!;

        private void TakeStep()
        {
            var key = random.Next(current.Length);
            if (random.Next(3) == 0)
            {
                Timers.Cancel(key);
                current[key] = 0;
            }
            else
            {
                current[key] = ++counter;
                Timers.StartSingleTimer(key, new Fired(key, counter), TimeSpan.FromMilliseconds(random.Next(0, 4)));
            }

            if (++steps < 150)
                return;
            Timers.CancelAll();
            asker.Tell((fired, wrong));
        }

        private sealed record Fired(int Key, long Number);

        private sealed record Step;
    }
}
