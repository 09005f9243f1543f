using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Stress;

/// <summary>Watching, unwatching and stopping at the same time.</summary>
public sealed class WatchStressTests(ITestOutputHelper output) : ActorHarness
{
    [Fact]
    public async Task Terminated_ArrivesOnceOrNever_WhenWatchUnwatchAndStopRace()
    {
        var random = Seed.Print(output);
        for (var round = 0; round < 40; round++)
        {
            var subjects = Enumerable.Range(0, 50).Select(_ => System.ActorOf(Scripted.Props(System.DeadLetters))).ToArray();
            var unwatch = subjects.Select(_ => random.Next(3) == 0).ToArray();
            var order = subjects.OrderBy(_ => random.Next()).ToArray();
            var watchers = Enumerable.Range(0, 3).Select(_ => System.ActorOf(Props.Create(() => new Counting()))).ToArray();
            var stopping = Task.Run(() => Array.ForEach(order, System.Stop));
            foreach (var watcher in watchers)
            {
                for (var i = 0; i < subjects.Length; i++)
                {
                    watcher.Tell(new Scripted.WatchIt(subjects[i]));
                    if (unwatch[i])
                        watcher.Tell(new Scripted.UnwatchIt(subjects[i]));
                }
            }

            await stopping;
            var expected = subjects.Where((_, i) => !unwatch[i]).ToHashSet();
            foreach (var watcher in watchers)
            {
                var seen = await watcher.Ask<Dictionary<IActorRef, int>>(expected, Patience);
                Assert.All(expected, subject => Assert.Equal(1, seen.GetValueOrDefault(subject)));
                Assert.All(seen.Values, times => Assert.Equal(1, times));
                System.Stop(watcher);
            }
        }
    }

    [Fact]
    public async Task Stops_10000Children()
    {
        var parent = System.ActorOf(Props.Create(() => new Crowd()));
        var first = await parent.Ask<IActorRef>("grow", Patience);
        using var limit = new CancellationTokenSource(Patience);
        var gone = first.WatchAsync(limit.Token);
        System.Stop(parent);
        Assert.True(await parent.WatchAsync(limit.Token));
        Assert.True(await gone);
        Assert.Equal(10_000, Crowd.Stopped);
    }

    /// <summary>Counts notices; answers once all it is asked for have come.</summary>
    private sealed class Counting : ReceiveActor
    {
        private readonly Dictionary<IActorRef, int> seen = [];
        private HashSet<IActorRef>? awaited;
        private IActorRef asker = ActorRefs.Nobody;

        public Counting()
        {
            Receive<Scripted.WatchIt>(watch => Context.Watch(watch.Subject));
            Receive<Scripted.UnwatchIt>(unwatch => Context.Unwatch(unwatch.Subject));
            Receive<Terminated>(gone =>
            {
                seen[gone.ActorRef] = seen.GetValueOrDefault(gone.ActorRef) + 1;
                AnswerWhenComplete();
            });
            Receive<HashSet<IActorRef>>(expected =>
            {
                awaited = expected;
                asker = Sender;
                AnswerWhenComplete();
            });
        }

        private void AnswerWhenComplete()
        {
            if (awaited is not null && awaited.All(seen.ContainsKey))
                asker.Tell(new Dictionary<IActorRef, int>(seen));
        }
    }

    private sealed class Crowd : UntypedActor
    {
        public static int Stopped;

        protected override void OnReceive(object message)
        {
            IActorRef first = ActorRefs.Nobody;
            for (var i = 0; i < 10_000; i++)
            {
                var child = Context.ActorOf(Props.Create(() => new Member()), i % 2 == 0 ? $"member-{i}" : null);
                if (i == 0)
                    first = child;
            }

            Sender.Tell(first);
        }

        private sealed class Member : UntypedActor
        {
            protected override void OnReceive(object message)
            {
            }

            protected override void PostStop() => Interlocked.Increment(ref Stopped);
        }
    }
}
