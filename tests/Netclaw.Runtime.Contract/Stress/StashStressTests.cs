using Akka.Actor;
using Netclaw.Runtime.Contract.Actors;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Stress;

/// <summary>A bounded stash that overflows again and again.</summary>
public sealed class StashStressTests(ITestOutputHelper output) : ActorHarness
{
    [Fact]
    public async Task Overflow_LosesOnlyTheMessageThatOverflowed_AndKeepsOrder()
    {
        var random = Seed.Print(output);
        var capacity = random.Next(1, 20);
        var mailbag = NewMailbag();
        var actor = System.ActorOf(Props.Create(() => new Hoarder(mailbag.Ref)).WithStashCapacity(capacity));
        var expected = new List<int>();
        var number = 0;
        for (var round = 0; round < 50; round++)
        {
            for (var i = 0; i < capacity; i++)
            {
                expected.Add(number);
                actor.Tell(number++);
            }

            // One too many: it is lost, the instance with it; what was stashed comes back to the new one, which stashes it again.
            actor.Tell(number++);
            actor.Tell("release");
        }

        foreach (var each in expected)
            Assert.Equal(each, await mailbag.Next());
        await Processed(actor);
        await mailbag.ExpectNothingMore();
    }

    /// <summary>Stashes numbers; on release tells those it has, then stashes again.</summary>
    private sealed class Hoarder : ReceiveActor, IWithStash
    {
        private int left;

        public Hoarder(IActorRef listener)
        {
            Receive<int>(_ => Stash.Stash());
            Receive<string>(_ =>
            {
                left = Stash.Count;
                BecomeStacked(() => Receive<int>(number =>
                {
                    listener.Tell(number);
                    if (--left == 0)
                        UnbecomeStacked();
                }));
                Stash.UnstashAll();
            });
        }

        public IStash Stash { get; set; } = null!;
    }
}
