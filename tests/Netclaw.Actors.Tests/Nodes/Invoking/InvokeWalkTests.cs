using System.Text.Json;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;
using Xunit.Abstractions;
using static Netclaw.Actors.Tests.Nodes.Invoking.InvokeSamples;

namespace Netclaw.Actors.Tests.Nodes.Invoking;

/// <summary>
/// Anything in any order: every call is answered exactly once unless it was withdrawn, an answer of a node's reaches only its own caller, and nothing is left at the end.
/// </summary>
public sealed class InvokeWalkTests(ITestOutputHelper output)
{
    private const int Steps = 4000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261128)]
    [InlineData(0)]
    public void EveryCall_IsAnsweredOnce_AndByNobodyElsesAnswer(int seed)
    {
        seed = seed == 0 ? Environment.TickCount : seed;
        output.WriteLine($"seed {seed}");
        new Walk(seed).Run();
    }

    private sealed class Walk(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly InvokeTable _table = new();

        /// <summary>Calls that wait for an answer, with who made them.</summary>
        private readonly Dictionary<Waiter, string> _open = [];
        private readonly HashSet<Waiter> _over = [];

        /// <summary>Who had a node asked; what the node says carries the invocation's id.</summary>
        private readonly Dictionary<InvokeId, InvokeRequest> _asked = [];
        private DateTimeOffset _now = Start;
        private int _calls;

        public void Run()
        {
            for (var step = 0; step < Steps; step++)
            {
                _now += TimeSpan.FromMilliseconds(_random.Next(2000));
                Apply(Input());
                Assert.True(_table.NextDue is not null || _table.Open == 0, $"seed {seed}: {_table.Open} open, and nobody is to be woken for them");
            }

            for (var node = 0; node < 4; node++)
            {
                Apply(new InvokeInput.NodeGone(_now, NodeSession(node)));
            }

            Assert.Equal(0, _table.Open);
            Assert.Empty(_open);
            _now += AnsweredInvokes.Kept;
            Apply(new InvokeInput.Due(_now));
            Assert.Null(_table.NextDue);
        }

        private InvokeInput Input() => _random.Next(12) switch
        {
            < 4 => Invoked(),
            < 7 => Answered(),
            7 => new InvokeInput.Progressed(_now, Call("node"), NodeName(), AnyId(), _random.Next(20), "chunk"),
            8 => new InvokeInput.Fed(_now, Call("feeder"), Caller(), NodeName(), Key(), 0, "{}"),
            9 => new InvokeInput.GivenUp(_now, Call("quitter"), Caller(), NodeName(), Key()),
            10 when _random.Next(4) == 0 => new InvokeInput.NodeGone(_now, NodeSession(_random.Next(4))),
            10 when _open.Count > 0 => Gone(),
            _ => new InvokeInput.Due(_now),
        };

        private InvokeInput.Invoked Invoked()
        {
            var (caller, node) = (_random.Next(3), _random.Next(4));
            return new InvokeInput.Invoked(_now, new InvokeRequest(
                Id(++_calls), $"caller{caller}", Call($"caller{caller}"), $"node{node}", NodeSession(node), "system.run", $"d{_random.Next(8) / 7}", Key(), null, TimeSpan.FromSeconds(_random.Next(1, 30))));
        }

        /// <summary>Says which node answers and what; now and then another node than the one that was asked.</summary>
        private InvokeInput.Answered Answered()
        {
            var id = AnyId();
            var node = _random.Next(8) > 0 && _asked.TryGetValue(id, out var request) ? request.Node : NodeName();
            var answer = CallResponse.Success(JsonSerializer.SerializeToElement($"{node} {id}"));
            return new InvokeInput.Answered(_now, Call("node"), node, id, answer, _random.Next(50) == 0 ? AnsweredInvokes.MostBytes / 2 : 100);
        }

        private InvokeInput.CallerGone Gone()
        {
            var gone = _open.Keys.ElementAt(_random.Next(_open.Count));
            _open.Remove(gone);
            _over.Add(gone);
            return new InvokeInput.CallerGone(_now, gone);
        }

        private void Apply(InvokeInput input)
        {
            foreach (var effect in _table.Step(input))
            {
                switch (effect)
                {
                    case InvokeEffect.Ask ask: _asked.Add(ask.Request.Id, ask.Request); break;
                    case InvokeEffect.Accept accept: Answered(accept.To, null); break;
                    case InvokeEffect.Answer answer: Answered(answer.To, answer.Response); break;
                    case InvokeEffect.Show show: Assert.Contains(_open.Keys, waiter => waiter.Session == show.Session); break;
                    default: break;
                }
            }
        }

        private void Answered(Waiter to, CallResponse? response)
        {
            Assert.True(_open.Remove(to, out var caller), $"seed {seed}: {to} was answered {(_over.Contains(to) ? "again" : "and never asked")}");
            Assert.True(_over.Add(to));
            if (response is { Ok: true, Payload: { } payload })
            {
                var said = payload.GetString()!.Split(' ');
                Assert.True(InvokeId.TryParse(said[1], out var id));
                Assert.Equal((caller, said[0]), (_asked[id].Caller, _asked[id].Node));
            }
        }

        private Waiter Call(string by)
        {
            var waiter = new Waiter(Session(100 + by[^1]), ++_calls);
            _open.Add(waiter, by);
            return waiter;
        }

        private string Caller() => $"caller{_random.Next(3)}";

        private string NodeName() => $"node{_random.Next(4)}";

        private static SessionId NodeSession(int node) => Session(900 + node);

        private string Key() => $"k{_random.Next(60)}";

        private InvokeId AnyId() => _asked.Count == 0 ? Id(999_999_999) : _asked.Keys.ElementAt(Math.Max(0, _asked.Count - 1 - _random.Next(40)));
    }
}
