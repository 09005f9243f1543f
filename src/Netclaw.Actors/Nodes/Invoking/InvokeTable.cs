using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes.Invoking;

/// <summary>
/// Which node was asked what, by whom, until when (gateway-protocol.md 6.4). Every call is answered exactly once unless it is withdrawn, and never with what another caller asked for.
/// Pure: time and ids come in, effects go out. Not thread-safe.
/// </summary>
public sealed class InvokeTable
{
    /// <summary>A node that has more open is told nothing further.</summary>
    public const int MostPerNode = 32;

    private static readonly ImmutableArray<InvokeEffect> Nothing = [];

    private readonly Dictionary<InvokeId, OpenInvoke> _open = [];
    private readonly Dictionary<(string Caller, string Node, string Key), InvokeId> _byKey = [];
    private readonly Dictionary<Waiter, InvokeId> _waiting = [];
    private readonly Dictionary<string, int> _perNode = new(StringComparer.Ordinal);
    private readonly PriorityQueue<InvokeId, DateTimeOffset> _deadlines = new();
    private readonly AnsweredInvokes _answered = new();

    public int Open => _open.Count;

    /// <summary>When <see cref="InvokeInput.Due"/> is wanted next, at the latest; null: never.</summary>
    public DateTimeOffset? NextDue => (_deadlines.TryPeek(out _, out var deadline), _answered.NextEnd) switch
    {
        (true, { } end) => deadline < end ? deadline : end,
        (true, null) => deadline,
        (false, var end) => end,
    };

    /// <summary>What <paramref name="node"/> was asked and has not answered; null: nothing of that id.</summary>
    public InvokeRequest? Find(string node, InvokeId id) => _open.TryGetValue(id, out var open) && open.Request.Node == node ? open.Request : null;

    public ImmutableArray<InvokeEffect> Step(InvokeInput input) => input switch
    {
        InvokeInput.Invoked i => Invoke(i),
        InvokeInput.Answered i => Answer(i),
        InvokeInput.Progressed i => Progress(i),
        InvokeInput.Fed i => Feed(i),
        InvokeInput.GivenUp i => GiveUp(i),
        InvokeInput.NodeGone i => [.. _open.Values.Where(open => open.Request.NodeSession == i.Session).ToArray().SelectMany(open => End(open, InvokeRefusals.NotConnected(dispatched: true), 0, i.Now))],
        InvokeInput.CallerGone i => Leave(i),
        InvokeInput.Due i => Due(i),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "no such input"),
    };

    private ImmutableArray<InvokeEffect> Invoke(InvokeInput.Invoked i)
    {
        _answered.Expire(i.Now, ForgetKey);
        var asked = i.Request;
        if (_byKey.TryGetValue((asked.Caller, asked.Node, asked.Key), out var known))
        {
            return Again(asked, known);
        }

        var count = _perNode.GetValueOrDefault(asked.Node);
        if (count >= MostPerNode)
        {
            return [new InvokeEffect.Answer(asked.Waiter, InvokeRefusals.Busy($"the node has {count} invocations open, {MostPerNode} are allowed"))];
        }

        var open = new OpenInvoke(asked, i.Now + asked.Timeout);
        _open.Add(asked.Id, open);
        _byKey.Add((asked.Caller, asked.Node, asked.Key), asked.Id);
        _waiting.Add(asked.Waiter, asked.Id);
        _perNode[asked.Node] = count + 1;
        _deadlines.Enqueue(asked.Id, open.Deadline);
        return [new InvokeEffect.Ask(asked)];
    }

    /// <summary>The key is known: the call joins what is open, or gets the answer that was given.</summary>
    private ImmutableArray<InvokeEffect> Again(InvokeRequest asked, InvokeId known)
    {
        var open = _open.GetValueOrDefault(known);
        var entry = open is null && _answered.TryFind(known, out var found) ? found : null;
        if ((open?.Request ?? entry!.Request).Digest != asked.Digest)
        {
            return [new InvokeEffect.Answer(asked.Waiter, InvokeRefusals.Invalid("this idempotencyKey was used with another command or other params; use a new one"))];
        }

        if (open is null)
        {
            return [new InvokeEffect.Answer(asked.Waiter, entry!.Response ?? InvokeRefusals.Invalid("this idempotencyKey was used and answered, and the answer is not kept any more; use a new one"))];
        }

        open.Waiters.Add(asked.Waiter);
        _waiting.Add(asked.Waiter, known);
        return Nothing;
    }

    /// <summary>A node answers what it was asked and nothing else; what comes too late is dropped.</summary>
    private ImmutableArray<InvokeEffect> Answer(InvokeInput.Answered i) => _open.TryGetValue(i.Id, out var open) && open.Request.Node == i.Node
        ? [new InvokeEffect.Accept(i.By), .. End(open, i.Response, i.Bytes, i.Now)]
        : [OverOrStrange(i.By, i.Node, i.Id)];

    private ImmutableArray<InvokeEffect> Progress(InvokeInput.Progressed i)
    {
        if (!_open.TryGetValue(i.Id, out var open) || open.Request.Node != i.Node)
        {
            return [OverOrStrange(i.By, i.Node, i.Id)];
        }

        if (i.Seq <= open.Seq)
        {
            return [new InvokeEffect.Accept(i.By)];
        }

        open.Seq = i.Seq;
        return [new InvokeEffect.Accept(i.By), .. open.Waiters.Select(waiter => waiter.Session).Distinct()
            .Select(session => new InvokeEffect.Show(session, i.Node, i.Id, open.Request.Key, i.Seq, i.Chunk))];
    }

    private InvokeEffect OverOrStrange(Waiter by, string node, InvokeId id) => _answered.TryFind(id, out var entry) && entry.Request.Node == node
        ? new InvokeEffect.Accept(by)
        : new InvokeEffect.Answer(by, InvokeRefusals.Invalid("this node was not asked that: there is no such invocation, or it is another node's"));

    private ImmutableArray<InvokeEffect> Feed(InvokeInput.Fed i) => Own(i.Caller, i.Node, i.Key) is { } open
        ? [new InvokeEffect.Accept(i.By), new InvokeEffect.Feed(open.Request.NodeSession, i.Node, open.Request.Id, i.Seq, i.PayloadJson)]
        : [new InvokeEffect.Answer(i.By, NoneOpen)];

    private ImmutableArray<InvokeEffect> GiveUp(InvokeInput.GivenUp i) => Own(i.Caller, i.Node, i.Key) is { } open
        ? [new InvokeEffect.Accept(i.By), Stop(open), .. End(open, InvokeRefusals.Cancelled(), 0, i.Now)]
        : [new InvokeEffect.Answer(i.By, NoneOpen)];

    private static CallResponse NoneOpen => InvokeRefusals.Invalid("you have no open invocation with this nodeId and idempotencyKey");

    private OpenInvoke? Own(string caller, string node, string key) => _byKey.TryGetValue((caller, node, key), out var id) ? _open.GetValueOrDefault(id) : null;

    private ImmutableArray<InvokeEffect> Leave(InvokeInput.CallerGone i)
    {
        if (!_waiting.Remove(i.Waiter, out var id))
        {
            return Nothing;
        }

        var open = _open[id];
        open.Waiters.Remove(i.Waiter);
        return open.Waiters.Count > 0 ? Nothing : [Stop(open), .. End(open, InvokeRefusals.Cancelled(), 0, i.Now)];
    }

    private ImmutableArray<InvokeEffect> Due(InvokeInput.Due i)
    {
        _answered.Expire(i.Now, ForgetKey);
        var effects = ImmutableArray.CreateBuilder<InvokeEffect>();
        while (_deadlines.TryPeek(out var id, out var deadline) && deadline <= i.Now)
        {
            _deadlines.Dequeue();
            if (_open.TryGetValue(id, out var open))
            {
                effects.Add(Stop(open));
                effects.AddRange(End(open, InvokeRefusals.TimedOut(open.Request.Timeout), 0, i.Now));
            }
        }

        return effects.DrainToImmutable();
    }

    private static InvokeEffect Stop(OpenInvoke open) => new InvokeEffect.Stop(open.Request.NodeSession, open.Request.Node, open.Request.Id);

    private ImmutableArray<InvokeEffect> End(OpenInvoke open, CallResponse response, int bytes, DateTimeOffset now)
    {
        var request = open.Request;
        _open.Remove(request.Id);
        if (_perNode[request.Node] == 1)
        {
            _perNode.Remove(request.Node);
        }
        else
        {
            _perNode[request.Node]--;
        }

        open.Waiters.ForEach(waiter => _waiting.Remove(waiter));
        _answered.Add(request, response, bytes, now, ForgetKey);
        SkipPastDeadlines();
        return [.. open.Waiters.Select(waiter => new InvokeEffect.Answer(waiter, response))];
    }

    /// <summary>Most invocations are over long before their time: their deadlines must not wake anybody, or pile up.</summary>
    private void SkipPastDeadlines()
    {
        while (_deadlines.TryPeek(out var id, out _) && !_open.ContainsKey(id))
        {
            _deadlines.Dequeue();
        }
    }

    private void ForgetKey(InvokeRequest request) => _byKey.Remove((request.Caller, request.Node, request.Key));
}
