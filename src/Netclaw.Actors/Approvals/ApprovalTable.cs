using System.Collections.Immutable;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>
/// What operators are asked to allow, until when. Every question is concluded exactly once, by the first decision, by time or by its asker's leaving; only a decision allows.
/// Nothing outlives a restart: whoever asked is gone with it, and asks again. Pure: time and ids come in, effects go out. Not thread-safe.
/// </summary>
public sealed class ApprovalTable
{
    /// <summary>Half of the calls that one connection may have open: a node that waits for eight decisions can still answer.</summary>
    public const int MostPerAsker = 8;
    public const int Most = 256;

    /// <summary>How many that are over are remembered, so that whoever comes late hears how it ended.</summary>
    public const int MostRemembered = 256;

    private static readonly ImmutableArray<ApprovalEffect> Nothing = [];

    private readonly Dictionary<ApprovalId, Entry> _open = [];
    private readonly Dictionary<Waiter, ApprovalId> _waiting = [];
    private readonly SortedSet<(DateTimeOffset Deadline, long Order)> _deadlines = [];
    private readonly Dictionary<long, ApprovalId> _byOrder = [];
    private readonly Dictionary<ApprovalId, EndedApproval> _ended = [];
    private readonly Queue<ApprovalId> _endedInOrder = [];
    private long _last;

    /// <summary>When <see cref="ApprovalInput.Due"/> is wanted next; null: never.</summary>
    public DateTimeOffset? NextDue => _deadlines.Count > 0 ? _deadlines.Min.Deadline : null;

    /// <summary>What waits for a decision at that time, the oldest first.</summary>
    public ImmutableArray<OpenApproval> Pending(DateTimeOffset now) =>
        [.. _open.Values.Where(entry => entry.Open.Deadline > now).OrderBy(entry => entry.Order).Select(entry => entry.Open)];

    /// <summary>Null: it does not wait for a decision at that time.</summary>
    public OpenApproval? Find(ApprovalId id, DateTimeOffset now) => _open.TryGetValue(id, out var entry) && entry.Open.Deadline > now ? entry.Open : null;

    /// <summary>Null: it is open, was never asked, or is forgotten.</summary>
    public EndedApproval? Ended(ApprovalId id) => _ended.GetValueOrDefault(id);

    public ImmutableArray<ApprovalEffect> Step(ApprovalInput input) => input switch
    {
        ApprovalInput.Requested i => [.. Expire(i.Now), .. Request(i)],
        ApprovalInput.Awaited i => [.. Expire(i.Now), .. Await(i)],
        ApprovalInput.Resolved i => [.. Expire(i.Now), .. Resolve(i)],
        ApprovalInput.CallerGone i => [.. Leave(i), .. Expire(i.Now)], // who is gone is not told that time is over, either
        ApprovalInput.SessionGone i => [.. Expire(i.Now), .. Leave(i)],
        ApprovalInput.Withdrawn i => [.. Expire(i.Now), .. Withdraw(i)],
        ApprovalInput.Due i => Expire(i.Now),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "no such input"),
    };

    private ImmutableArray<ApprovalEffect> Request(ApprovalInput.Requested i)
    {
        var asked = i.Request;
        if (!asked.Matter.IsReadable)
        {
            return [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.Unreadable)];
        }

        if (_open.Count >= Most || _open.Values.Count(entry => entry.Open.Request.Asker == asked.Asker) >= MostPerAsker)
        {
            return [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.TooMany)];
        }

        var timeout = asked.Timeout < ApprovalRequest.LongestTimeout ? asked.Timeout : ApprovalRequest.LongestTimeout;
        var entry = new Entry(new OpenApproval(asked, i.Now, i.Now + timeout), ++_last);
        _open.Add(asked.Id, entry);
        _deadlines.Add((entry.Open.Deadline, entry.Order));
        _byOrder.Add(entry.Order, asked.Id);
        var announce = new ApprovalEffect.Announce(entry.Open);
        if (i.By is not { } by)
        {
            return [announce];
        }

        if (!i.Waits)
        {
            return [announce, new ApprovalEffect.Begin(by, entry.Open)];
        }

        entry.Asking = by;
        entry.Waiters.Add(by);
        _waiting.Add(by, asked.Id);
        return [announce];
    }

    private ImmutableArray<ApprovalEffect> Await(ApprovalInput.Awaited i)
    {
        if (_open.TryGetValue(i.Id, out var entry) && IsFor(entry.Open.Request.Asker, i.OnlyOf))
        {
            entry.Waiters.Add(i.By);
            _waiting.Add(i.By, i.Id);
            return Nothing;
        }

        return Ended(i.Id) is { } ended && IsFor(ended.Asker, i.OnlyOf)
            ? [new ApprovalEffect.Answer(i.By, ended)]
            : [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.NotFound)];
    }

    private ImmutableArray<ApprovalEffect> Resolve(ApprovalInput.Resolved i)
    {
        if (!_open.TryGetValue(i.Id, out var entry))
        {
            var was = Ended(i.Id);
            return [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.NotFound, was is not null && (i.MayDecide || was.Asker == i.Decider) ? was : null)];
        }

        var asked = entry.Open.Request;
        var own = asked.Asker == i.Decider;
        return (own, i.MayDecide, i.Decision) switch
        {
            (false, false, _) => [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.NotFound)],
            (true, _, not ApprovalDecision.Deny) => [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.OwnRequest)],
            (_, _, ApprovalDecision.AllowAlways) when asked.Matter.OnceOnly => [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.OnceOnly)],
            (true, _, _) => Accepted(i.By, Conclude(entry, i.Now, ApprovalDecision.Deny, ApprovalEnd.Withdrawn, by: null)),
            _ => Accepted(i.By, Conclude(entry, i.Now, i.Decision, ApprovalEnd.Decided, i.Subject)),
        };
    }

    /// <summary>The call that asked takes its question with it; others only stop waiting.</summary>
    private ImmutableArray<ApprovalEffect> Leave(ApprovalInput.CallerGone i)
    {
        if (!_waiting.Remove(i.Waiter, out var id) || !_open.TryGetValue(id, out var entry))
        {
            return Nothing;
        }

        entry.Waiters.Remove(i.Waiter);
        return entry.Asking == i.Waiter ? Conclude(entry, i.Now, ApprovalDecision.Deny, ApprovalEnd.Withdrawn, by: null) : Nothing;
    }

    private ImmutableArray<ApprovalEffect> Leave(ApprovalInput.SessionGone i) =>
        [.. _open.Values.Where(entry => entry.Open.Request.Session == i.Session).OrderBy(entry => entry.Order).ToArray()
            .SelectMany(entry => Conclude(entry, i.Now, ApprovalDecision.Deny, ApprovalEnd.Withdrawn, by: null))];

    private ImmutableArray<ApprovalEffect> Withdraw(ApprovalInput.Withdrawn i) =>
        _open.TryGetValue(i.Id, out var entry) ? Conclude(entry, i.Now, ApprovalDecision.Deny, ApprovalEnd.Withdrawn, by: null) : Nothing;

    /// <summary>Before anything else is looked at: a decision that comes after the deadline finds nothing, however late the timer is.</summary>
    private ImmutableArray<ApprovalEffect> Expire(DateTimeOffset now)
    {
        var effects = ImmutableArray.CreateBuilder<ApprovalEffect>();
        while (_deadlines.Count > 0 && _deadlines.Min.Deadline <= now)
        {
            effects.AddRange(Conclude(_open[_byOrder[_deadlines.Min.Order]], now, ApprovalDecision.Deny, ApprovalEnd.TimedOut, by: null));
        }

        return effects.DrainToImmutable();
    }

    private ImmutableArray<ApprovalEffect> Conclude(Entry entry, DateTimeOffset now, ApprovalDecision decision, ApprovalEnd end, string? by)
    {
        var open = entry.Open;
        _open.Remove(open.Request.Id);
        _deadlines.Remove((open.Deadline, entry.Order));
        _byOrder.Remove(entry.Order);
        foreach (var waiter in entry.Waiters)
        {
            _waiting.Remove(waiter);
        }

        var ended = new EndedApproval(open.Request.Id, open.Request.Asker, open.AskedAt, open.Deadline, now, decision, end, by);
        Remember(ended);
        return [new ApprovalEffect.Conclude(open, ended), .. entry.Waiters.Select(waiter => new ApprovalEffect.Answer(waiter, ended))];
    }

    private void Remember(EndedApproval ended)
    {
        _ended[ended.Id] = ended;
        _endedInOrder.Enqueue(ended.Id);
        if (_endedInOrder.Count > MostRemembered)
        {
            _ended.Remove(_endedInOrder.Dequeue());
        }
    }

    private static ImmutableArray<ApprovalEffect> Accepted(Waiter by, ImmutableArray<ApprovalEffect> concluded) =>
        [.. concluded, new ApprovalEffect.Accept(by, ((ApprovalEffect.Conclude)concluded[0]).Ended)];

    private static bool IsFor(string asker, string? onlyOf) => onlyOf is null || asker == onlyOf;

    private sealed class Entry(OpenApproval open, long order)
    {
        public OpenApproval Open { get; } = open;

        public long Order { get; } = order;

        /// <summary>The call that asked and waits.</summary>
        public Waiter? Asking { get; set; }

        /// <summary>In the order in which they came.</summary>
        public List<Waiter> Waiters { get; } = [];
    }
}
