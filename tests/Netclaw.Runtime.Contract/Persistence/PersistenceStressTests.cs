using System.Collections.Concurrent;
using Akka.Actor;
using Akka.Persistence;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Persistence;

/// <summary>Persistent actors that fail, restart and stop under load: nothing acknowledged is lost, nothing is out of order.</summary>
public sealed class PersistenceStressTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Kinds => JournalHost.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task NothingAcknowledged_IsLostOrOutOfOrder(string kind)
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        await using var host = await JournalHost.Start(kind);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Live(host, $"counter-{i}", new Random(seed + i))));
    }

    private static async Task Live(JournalHost host, string id, Random random)
    {
        var acknowledged = new ConcurrentQueue<string>();
        var counter = host.System.ActorOf(Counter.Props(id, acknowledged));
        for (var life = 0; life < 4; life++)
        {
            for (var i = 0; i < 25; i++)
            {
                counter.Tell(random.Next(10) switch
                {
                    0 => new Fail(AfterPersist: random.Next(2) == 0),
                    1 => new Put(random.Next(1, 40)),
                    _ => new Put(1),
                });
            }

            if (random.Next(2) == 0)
            {
                // In the middle of it: what is under way must not confuse the next life.
                await counter.GracefulStop(Longest);
                counter = host.System.ActorOf(Counter.Props(id, acknowledged));
            }
        }

        var state = await counter.Ask<string[]>(new Get(), Longest);

        // What was acknowledged is a subsequence of what is stored, in order; numbers have no gap.
        Assert.Equal(Enumerable.Range(1, state.Length).Select(n => $"#{n}"), state.Select(line => line[..line.IndexOf(' ', StringComparison.Ordinal)]));
        var position = 0;
        foreach (var line in acknowledged)
        {
            while (position < state.Length && state[position] != line)
            {
                position++;
            }

            Assert.True(position < state.Length, $"{id}: {line} was acknowledged and is not stored in order");
            position++;
        }
    }

    private sealed record Put(int Events);

    private sealed record Fail(bool AfterPersist);

    private sealed record Get;

    private sealed class Counter : ReceivePersistentActor
    {
        private readonly List<string> _stored = [];
        private int _made;

        public Counter(string id, ConcurrentQueue<string> acknowledged)
        {
            PersistenceId = id;
            Recover<Noted>(e => _stored.Add($"#{LastSequenceNr} {e.Text}"));
            Command<Put>(put => PersistAll(Enumerable.Range(0, put.Events).Select(_ => new Noted(Guid.NewGuid().ToString())).ToArray(), e =>
            {
                var line = $"#{LastSequenceNr} {e.Text}";
                _stored.Add(line);
                acknowledged.Enqueue(line);
            }));
            Command<Fail>(fail =>
            {
                if (fail.AfterPersist)
                {
                    Persist(new Noted($"before a failure {_made++}"), _ => { });
                }

                throw new InvalidOperationException("asked to fail");
            });
            Command<Get>(_ => Sender.Tell(_stored.ToArray()));
        }

        public override string PersistenceId { get; }

        public static Props Props(string id, ConcurrentQueue<string> acknowledged) => Akka.Actor.Props.Create(() => new Counter(id, acknowledged));
    }
}
