using System.Collections.Immutable;
using Netclaw.Actors.Nodes.Invoking;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>
/// What nodes ask operators to allow, until when. Every request is concluded exactly once, by the first decision, by time or by its node's leaving; only a decision allows.
/// Nothing outlives a restart: the node's call is gone with it, and asks again. Pure: time and ids come in, effects go out. Not thread-safe.
/// </summary>
public sealed class ApprovalTable
{
    public const int MostPerNode = 16;
    public const int Most = 1024;

    private static readonly ImmutableArray<ApprovalEffect> Nothing = [];

    private readonly Dictionary<ApprovalId, Open> _open = [];
    private readonly Dictionary<Waiter, ApprovalId> _waiting = [];
    private readonly SortedSet<(DateTimeOffset Deadline, long Order)> _deadlines = [];
    private readonly Dictionary<long, ApprovalId> _byOrder = [];
    private long _last;

    /// <summary>When <see cref="ApprovalInput.Due"/> is wanted next; null: never.</summary>
    public DateTimeOffset? NextDue => _deadlines.Count > 0 ? _deadlines.Min.Deadline : null;

    /// <summary>What waits for a decision at that time, the oldest first.</summary>
    public ImmutableArray<ApprovalRequest> Pending(DateTimeOffset now) =>
        [.. _open.Values.Where(open => open.Deadline > now).OrderBy(open => open.Order).Select(open => open.Request)];

    public ImmutableArray<ApprovalEffect> Step(ApprovalInput input) => input switch
    {
        ApprovalInput.Requested i => [.. Expire(i.Now), .. Request(i)],
        ApprovalInput.Resolved i => [.. Expire(i.Now), .. Resolve(i)],
        ApprovalInput.CallerGone i => Leave(i),
        ApprovalInput.Due i => Expire(i.Now),
        _ => throw new ArgumentOutOfRangeException(nameof(input), input, "no such input"),
    };

    private ImmutableArray<ApprovalEffect> Request(ApprovalInput.Requested i)
    {
        var asked = i.Request;
        if (!asked.IsReadable)
        {
            return [new ApprovalEffect.Refuse(asked.Waiter, ApprovalRefusal.Unreadable)];
        }

        if (_open.Count >= Most || _open.Values.Count(open => open.Request.Node == asked.Node) >= MostPerNode)
        {
            return [new ApprovalEffect.Refuse(asked.Waiter, ApprovalRefusal.TooMany)];
        }

        var timeout = asked.Timeout < ApprovalRequest.LongestTimeout ? asked.Timeout : ApprovalRequest.LongestTimeout;
        var added = new Open(asked, i.Now + timeout, ++_last);
        _open.Add(asked.Id, added);
        _waiting.Add(asked.Waiter, asked.Id);
        _deadlines.Add((added.Deadline, added.Order));
        _byOrder.Add(added.Order, asked.Id);
        return [new ApprovalEffect.Announce(asked, added.Deadline)];
    }

    private ImmutableArray<ApprovalEffect> Resolve(ApprovalInput.Resolved i)
    {
        if (!_open.TryGetValue(i.Id, out var open))
        {
            return [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.NotFound)];
        }

        return open.Request.Node == i.Device
            ? [new ApprovalEffect.Refuse(i.By, ApprovalRefusal.OwnRequest)]
            : [Conclude(open, i.Decision, ApprovalEnd.Decided, i.Device), new ApprovalEffect.Answer(open.Request.Waiter, i.Decision), new ApprovalEffect.Accept(i.By)];
    }

    private ImmutableArray<ApprovalEffect> Leave(ApprovalInput.CallerGone i) =>
        _waiting.TryGetValue(i.Waiter, out var id) ? [Conclude(_open[id], ApprovalDecision.Deny, ApprovalEnd.Withdrawn, device: null)] : Nothing;

    /// <summary>Before anything else is looked at: a decision that comes after the deadline finds nothing, however late the timer is.</summary>
    private ImmutableArray<ApprovalEffect> Expire(DateTimeOffset now)
    {
        var effects = ImmutableArray.CreateBuilder<ApprovalEffect>();
        while (_deadlines.Count > 0 && _deadlines.Min.Deadline <= now)
        {
            var open = _open[_byOrder[_deadlines.Min.Order]];
            effects.Add(Conclude(open, ApprovalDecision.Deny, ApprovalEnd.TimedOut, device: null));
            effects.Add(new ApprovalEffect.Answer(open.Request.Waiter, ApprovalDecision.Deny));
        }

        return effects.DrainToImmutable();
    }

    private ApprovalEffect.Conclude Conclude(Open open, ApprovalDecision decision, ApprovalEnd end, string? device)
    {
        _open.Remove(open.Request.Id);
        _waiting.Remove(open.Request.Waiter);
        _deadlines.Remove((open.Deadline, open.Order));
        _byOrder.Remove(open.Order);
        return new ApprovalEffect.Conclude(open.Request, decision, end, device);
    }

    private sealed record Open(ApprovalRequest Request, DateTimeOffset Deadline, long Order);
}
