using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>
/// What a command comes to: events in order, and the reply that stands once they are durable. Whoever may start by then is started in the same write, so that a run is never in between. Pure.
/// </summary>
public static class SpawnDecider
{
    /// <param name="Reply">Null: nobody asked, or it comes later.</param>
    public readonly record struct Decision(ImmutableArray<RunEvent> Events, RunReply? Reply);

    public static Decision Decide(RunCommand command, RunsState state, SpawnLimits options) => command switch
    {
        RunCommand.Spawn c => Spawn(c, state, options),
        RunCommand.Cancel c => Cancel(c, state, options),
        RunCommand.CancelOf c => CancelOf(c, state, options),
        RunCommand.Look c => new([], new RunReply.Seen(c.CommandId, state)),
        RunCommand.Await c => Await(c, state),
        RunCommand.End c => End(c, state, options),
        RunCommand.NoteAnnounced c => new(state.Find(c.Run) is { OwesWord: true } ? [new RunEvent.Announced(c.Now, c.Run)] : [], null),
        RunCommand.NoteTidied c => new(state.Find(c.Run) is { OwesTidying: true } ? [new RunEvent.Tidied(c.Now, c.Run)] : [], null),
        RunCommand.TakeUp c => TakeUp(c, state, options),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "no such command"),
    };

    private static Decision Spawn(RunCommand.Spawn c, RunsState state, SpawnLimits options)
    {
        var parent = c.Plan.Parent is { } id ? state.Find(id) : null;
        if (c.Plan.Parent is { } asker && parent is not { IsRunning: true })
        {
            // The credential of one that is not known is good all the same, or nobody would have asked: it is that of a job's command.
            return parent is null
                ? Refused(c, RefusalCode.SpawnNotForJobs, $"{asker} is the command of a scheduled job, and such a command starts no runs")
                : Refused(c, RefusalCode.SpawnCredentialRevoked, $"{asker} is over and starts nothing any more");
        }

        var depth = (parent?.Plan.Depth ?? 0) + 1;
        if (depth > options.MaxDepth)
        {
            return Refused(c, RefusalCode.SpawnTooDeep, $"runs may be {options.MaxDepth} deep (spawn.maxDepth), this one would be {depth}");
        }

        var plan = c.Plan with { Depth = depth, Announce = c.Plan.Announce ?? HeardBy(parent) };
        var events = WithStarts([new RunEvent.Accepted(c.Now, plan.Run, plan)], c.Now, state, options);
        var next = events.Aggregate(state, (before, happened) => before.Apply(happened));
        var run = next.Find(plan.Run)!;
        if (run.Waits && next.Runs.Values.Count(other => other.Waits) > options.Queue)
        {
            return Refused(c, RefusalCode.SpawnQueueFull, $"it would have to wait, and {options.Queue} wait already (spawn.queue)");
        }

        return new(events, new RunReply.Accepted(c.CommandId, run, next.PositionOf(run)));
    }

    /// <summary>The conversation that hears of what a run started: its own, or that of who started a program.</summary>
    private static ConversationKey? HeardBy(Run? parent) => parent?.Plan.Work is RunWork.Turn turn ? turn.Child : parent?.Plan.Announce;

    private static Decision Cancel(RunCommand.Cancel c, RunsState state, SpawnLimits options)
    {
        if (state.Find(c.Run) is null || (c.Caller is { } caller && !IsBelow(state, c.Run, caller)))
        {
            return Refused(c, RefusalCode.UnknownRun, $"there is no run {c.Run}{(c.Caller is null ? "" : " that you started")}");
        }

        return Cancel(c, state.TreeOf(c.Run), c.Subject, untold: null, state, options);
    }

    private static Decision CancelOf(RunCommand.CancelOf c, RunsState state, SpawnLimits options)
    {
        var started = state.InOrder.Where(run => run.IsAlive && run.Plan.Announce == c.Conversation && (c.Caller is not { } caller || IsBelow(state, run.Id, caller)));
        return Cancel(c, started.SelectMany(run => state.TreeOf(run.Id)).Distinct(), c.Subject, c.Gone ? c.Conversation : null, state, options);
    }

    /// <param name="untold">A conversation that is owed no word of it.</param>
    private static Decision Cancel(RunCommand c, IEnumerable<Run> trees, string subject, ConversationKey? untold, RunsState state, SpawnLimits options)
    {
        var alive = trees.Where(run => run.IsAlive).ToImmutableArray();
        var events = WithStarts(
            [
                .. alive.Where(run => untold is not null && run.Plan.Announce == untold).Select(run => new RunEvent.Announced(c.Now, run.Id)),
                .. alive.Select(run => new RunEvent.Ended(c.Now, run.Id, RunEnd.CancelledBy(subject))),
            ],
            c.Now, state, options);
        return new(events, new RunReply.Cancelled(c.CommandId, [.. alive.Select(run => run.Id)]));
    }

    /// <summary>A run is not below itself: it ends by ending.</summary>
    private static bool IsBelow(RunsState state, RunId run, RunId above) => run != above && state.TreeOf(above).Any(each => each.Id == run);

    private static Decision Await(RunCommand.Await c, RunsState state) => state.Find(c.Run) switch
    {
        var run when run is null || (c.Caller is { } caller && run.Id != caller && !IsBelow(state, run.Id, caller)) => Refused(c, RefusalCode.UnknownRun, $"there is no run {c.Run}"),
        { IsAlive: false } run => new([], new RunReply.Over(c.CommandId, run)),
        _ => new([], null),
    };

    private static Decision End(RunCommand.End c, RunsState state, SpawnLimits options) =>
        new(state.Find(c.Run) is { IsRunning: true } ? WithStarts([new RunEvent.Ended(c.Now, c.Run, c.How)], c.Now, state, options) : [], null);

    /// <summary>Nothing survives the daemon: what ran is lost, what waited for it goes with it, what waited for nobody begins now.</summary>
    private static Decision TakeUp(RunCommand.TakeUp c, RunsState state, SpawnLimits options)
    {
        var lost = state.InOrder.Where(run => run.IsRunning).ToArray();
        var orphans = lost.SelectMany(run => state.TreeOf(run.Id)).Where(run => run.Waits).Distinct();
        return new(
            WithStarts(
                [
                    .. lost.Select(run => new RunEvent.Ended(c.Now, run.Id, RunEnd.Lost)),
                    .. orphans.Select(run => new RunEvent.Ended(c.Now, run.Id, new RunEnd(RunVerdict.Cancelled, null, "", "The run that started it was lost."))),
                ],
                c.Now, state, options),
            null);
    }

    /// <summary>In the order in which they were accepted; one whose family is at its limit does not hold up others.</summary>
    private static ImmutableArray<RunEvent> WithStarts(ImmutableArray<RunEvent> events, DateTimeOffset now, RunsState state, SpawnLimits options)
    {
        var next = events.Aggregate(state, (before, happened) => before.Apply(happened));
        var families = next.Running.CountBy(run => run.Plan.Family).ToDictionary();
        var running = next.Running.Count();
        var all = events.ToBuilder();
        foreach (var run in next.InOrder.Where(run => run.Waits))
        {
            var family = families.GetValueOrDefault(run.Plan.Family);
            if (running < options.Total && family < options.PerParent)
            {
                running++;
                families[run.Plan.Family] = family + 1;
                all.Add(new RunEvent.Started(now, run.Id));
            }
        }

        return all.ToImmutable();
    }

    private static Decision Refused(RunCommand c, RefusalCode code, string message) => new([], new RunReply.Refused(c.CommandId, code, message));
}
