using System.Text;

namespace Netclaw.Actors.Cron;

/// <summary>When a job runs: the protocol's kinds <c>at</c>, <c>every</c> and <c>cron</c>. Made only through the factories, which refuse what could never run as meant.</summary>
public abstract record CronSchedule
{
    /// <summary>The shortest interval of <c>every</c>.</summary>
    public static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    /// <summary>The longest interval of <c>every</c>, and more than any <c>stagger</c> makes sense for.</summary>
    public static readonly TimeSpan LongestInterval = TimeSpan.FromDays(3660);

    /// <summary>The longest stagger.</summary>
    public static readonly TimeSpan LongestStagger = TimeSpan.FromDays(1);

    private CronSchedule()
    {
    }

    /// <summary>The first time later than <paramref name="after"/>; null: never again.</summary>
    /// <param name="after">Not itself a result.</param>
    /// <param name="key">The job's id, by which its part of the stagger is the same at every start.</param>
    public abstract DateTimeOffset? NextAfter(DateTimeOffset after, string key);

    /// <summary>Once. A time that is past is refused.</summary>
    public static CronSchedule? At(DateTimeOffset time, DateTimeOffset now, out CronObjection? objection)
    {
        objection = time <= now ? new($"The time {time:yyyy-MM-dd'T'HH:mm:sszzz} is past: it is {now:yyyy-MM-dd'T'HH:mm:sszzz} now") : null;
        return objection is null ? new Once(time) : null;
    }

    /// <summary>Again and again, counted from the anchor.</summary>
    public static CronSchedule? Every(TimeSpan interval, DateTimeOffset anchor, out CronObjection? objection)
    {
        objection = interval < ShortestInterval || interval > LongestInterval ? new("An interval is from 1000 ms to 3660 days") : null;
        return objection is null ? new Repeated(interval, anchor) : null;
    }

    /// <summary>By an expression, in an IANA time zone.</summary>
    public static CronSchedule? Cron(string expression, string zone, TimeSpan stagger, out CronObjection? objection)
    {
        var parsed = CronExpression.Parse(expression, out objection);
        if (parsed is null)
        {
            return null;
        }

        var found = CronZone.Find(zone);
        objection = found is null ? new($"'{Shown(zone)}' is no IANA time zone that this machine knows, such as Europe/Berlin")
            : stagger < TimeSpan.Zero || stagger > LongestStagger ? new("A stagger is from 0 ms to one day")
            : null;
        return objection is null ? new ByExpression(parsed, found!, stagger) : null;
    }

    /// <summary>The refusal of a kind that this daemon has no schedule for; null for the three it has.</summary>
    public static CronObjection? Kind(string kind) => kind switch
    {
        "at" or "every" or "cron" => null,
        "on-exit" or "stream" => new($"Schedules of kind {kind} are not served: they need a watched process. Write at, every or cron"),
        _ => new($"'{Shown(kind)}' is no kind of schedule. Write at, every or cron"),
    };

    private static string Shown(string text)
    {
        var shown = new StringBuilder();
        foreach (var letter in text.AsSpan(0, Math.Min(text.Length, 64)))
        {
            shown.Append(char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+' or '.' ? letter : '?');
        }

        return shown.ToString();
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
    public sealed record ByExpression(CronExpression Expression, TimeZoneInfo Zone, TimeSpan Stagger) : CronSchedule
    {
        /// <inheritdoc />
        public override DateTimeOffset? NextAfter(DateTimeOffset after, string key)
        {
            var late = CronStagger.Of(key, Stagger);
            return ZonedCron.NextAfter(Expression, Zone, after - late) + late;
        }
    }
}
