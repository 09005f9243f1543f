using System.Collections.Immutable;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>When a job runs: the protocol's kinds <c>at</c>, <c>every</c>, <c>cron</c> and <c>on-exit</c>. Pure.</summary>
public abstract record CronSchedule
{
    /// <summary>The shortest interval of <c>every</c>.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    /// <summary>The longest interval of <c>every</c>.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(3660);

    /// <summary>The longest stagger.</summary>
    public static readonly TimeSpan LongestStagger = TimeSpan.FromDays(1);

    private static readonly TimeSpan FirstLookBack = TimeSpan.FromMinutes(1);

    private CronSchedule()
    {
    }

    /// <summary>The first time later than <paramref name="after"/>; null: never again.</summary>
    /// <param name="after">Not itself a result.</param>
    /// <param name="key">The job's id, by which its part of the stagger is the same at every start.</param>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset after, string key);

    /// <summary>The last <paramref name="most"/> times later than <paramref name="after"/> and not later than <paramref name="upTo"/>, in order.</summary>
    public ImmutableArray<DateTimeOffset> Within(DateTimeOffset after, DateTimeOffset upTo, int most, string key)
    {
        // However long ago: what is looked through grows from the end until enough was found.
        for (var back = FirstLookBack;; back *= 2)
        {
            var whole = upTo - after <= back;
            var found = From(whole ? after : upTo - back);
            if (whole || found.Count >= most)
            {
                return [.. found.TakeLast(most)];
            }
        }

        List<DateTimeOffset> From(DateTimeOffset start)
        {
            List<DateTimeOffset> times = [];
            for (var next = NextAfter(start, key); next <= upTo; next = NextAfter(next.Value, key))
            {
                times.Add(next.Value);
            }

            return times;
        }
    }

    /// <param name="spec">Complete: <see cref="CronSpecRules"/> has filled in what was left out.</param>
    /// <param name="problem">Why there is no such schedule, for people.</param>
    public static CronSchedule? Of(CronScheduleSpec spec, out string? problem) => spec switch
    {
        { Kind: CronScheduleSpec.AtKind, At: { } at } => At(at, out problem),
        { Kind: CronScheduleSpec.EveryKind, EveryMs: { } every, AnchorMs: { } anchor } => Every(every, anchor, out problem),
        { Kind: CronScheduleSpec.CronKind, Expr: { } expression, Tz: { } zone } => Cron(expression, zone, spec.StaggerMs ?? 0, out problem),
        { Kind: CronScheduleSpec.OnExitKind, Command: { } command } => OnExit(command, spec.Cwd, out problem),
        _ => None("it is not complete", out problem),
    };

    private static CronSchedule? At(string text, out string? problem)
    {
        problem = CronTime.TryRead(text, out var time) ? null : $"'{Shown.Line(text)}' is no time; write it as 2030-01-31T09:00:00Z, or with an offset such as +01:00";
        return problem is null ? new Once(time) : null;
    }

    private static CronSchedule? Every(long everyMs, long anchorMs, out string? problem)
    {
        problem = everyMs < ShortestInterval.TotalMilliseconds || everyMs > LongestInterval.TotalMilliseconds ? "An interval is from 1000 ms to 3660 days"
            : !CronTime.IsTime(anchorMs) ? "An anchor is a time in Unix milliseconds"
            : null;
        return problem is null ? new Repeated(TimeSpan.FromMilliseconds(everyMs), DateTimeOffset.FromUnixTimeMilliseconds(anchorMs)) : null;
    }

    private static CronSchedule? Cron(string expression, string zone, long staggerMs, out string? problem)
    {
        var found = CronZone.Find(zone);
        problem = found is null ? $"'{Shown.Line(zone)}' is no IANA time zone that this machine knows, such as Europe/Berlin"
            : staggerMs < 0 || staggerMs > LongestStagger.TotalMilliseconds ? "A stagger is from 0 ms to one day"
            : null;
        var parsed = problem is null ? ZonedCron.Parse(expression, found!, out problem) : null;
        return parsed is null ? null : new ByExpression(parsed, TimeSpan.FromMilliseconds(staggerMs));
    }

    private static CronSchedule? OnExit(string command, string? directory, out string? problem)
    {
        problem = string.IsNullOrWhiteSpace(command) ? "There is no command to watch" : null;
        return problem is null ? new AtExit(command, directory) : null;
    }

    private static CronSchedule? None(string why, out string? problem)
    {
        problem = why;
        return null;
    }

    /// <summary>The protocol's <c>at</c>.</summary>
    public sealed record Once(DateTimeOffset Time) : CronSchedule
    {
        /// <inheritdoc />
        public override DateTimeOffset? NextAfter(DateTimeOffset after, string key) => Time > after ? Time : null;
    }

    /// <summary>The protocol's <c>every</c>. The anchor is the first time; none comes before it.</summary>
    public sealed record Repeated(TimeSpan Interval, DateTimeOffset Anchor) : CronSchedule
    {
        /// <inheritdoc />
        public override DateTimeOffset? NextAfter(DateTimeOffset after, string key)
        {
            if (after < Anchor)
            {
                return Anchor;
            }

            var passed = (after - Anchor).Ticks / Interval.Ticks;
            return DateTimeOffset.MaxValue - after > Interval ? Anchor + new TimeSpan((passed + 1) * Interval.Ticks) : null;
        }
    }

    /// <summary>The protocol's <c>cron</c>.</summary>
    public sealed record ByExpression : CronSchedule
    {
        private readonly ZonedCron _expression;
        private readonly TimeSpan _stagger;

        internal ByExpression(ZonedCron expression, TimeSpan stagger) => (_expression, _stagger) = (expression, stagger);

        /// <inheritdoc />
        public override DateTimeOffset? NextAfter(DateTimeOffset after, string key)
        {
            var late = CronStagger.Of(key, _stagger);
            return _expression.NextAfter(after - late) + late;
        }
    }

    /// <summary>The protocol's <c>on-exit</c>: no clock says when.</summary>
    public sealed record AtExit(string Command, string? Directory) : CronSchedule
    {
        /// <inheritdoc />
        public override DateTimeOffset? NextAfter(DateTimeOffset after, string key) => null;
    }
}
