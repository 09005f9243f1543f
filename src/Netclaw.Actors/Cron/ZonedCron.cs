namespace Netclaw.Actors.Cron;

/// <summary>
/// An expression in a time zone. Where the clock jumps, an expression with hours of its own follows the clock: once at the end of the gap for all it would have missed
/// there, once, in the first pass, in a repeated hour. One for every hour follows the time that passes: nothing for a gap, both passes of a repeat.
/// </summary>
internal static class ZonedCron
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static DateTimeOffset? NextAfter(CronExpression expression, TimeZoneInfo zone, DateTimeOffset after)
    {
        var cursor = DateTimeOffset.FromUnixTimeSeconds(after.ToUnixTimeSeconds());
        return expression.EveryHour ? ByElapsed(expression, zone, cursor) : ByClock(expression, zone, cursor);
    }

    // The instant of a wall time never falls as the wall time rises, so the first one later than the cursor is the answer.
    private static DateTimeOffset? ByClock(CronExpression expression, TimeZoneInfo zone, DateTimeOffset cursor)
    {
        var wall = expression.NextWall(Wall(cursor, zone.GetUtcOffset(cursor)));
        while (wall is { } found)
        {
            var instant = Instant(zone, found);
            if (instant > cursor)
            {
                return instant;
            }

            wall = expression.NextWall(found);
        }

        return null;
    }

    private static DateTimeOffset Instant(TimeZoneInfo zone, DateTime wall)
    {
        if (zone.IsInvalidTime(wall))
        {
            var near = new DateTimeOffset(wall, TimeSpan.Zero);
            return Change(zone, near - Day, near + Day);
        }

        var offset = zone.IsAmbiguousTime(wall) ? zone.GetAmbiguousTimeOffsets(wall).Max() : zone.GetUtcOffset(wall);
        return new DateTimeOffset(wall, offset).ToUniversalTime();
    }

    // Between the cursor's wall time and the next that matches there is nothing to match, so whole stretches may be leapt; only a change of the offset within a day counts.
    private static DateTimeOffset? ByElapsed(CronExpression expression, TimeZoneInfo zone, DateTimeOffset cursor)
    {
        while (true)
        {
            var offset = zone.GetUtcOffset(cursor + Second);
            if (expression.NextWall(Wall(cursor, offset)) is not { } wall)
            {
                return null;
            }

            var instant = new DateTimeOffset(wall, offset).ToUniversalTime();
            var horizon = instant - cursor > Day ? cursor + Day : instant;
            if (zone.GetUtcOffset(horizon) != offset)
            {
                cursor = Change(zone, cursor + Second, horizon) - Second;
            }
            else if (horizon == instant)
            {
                return instant;
            }
            else
            {
                cursor = instant - Day > horizon ? instant - Day : horizon;
            }
        }
    }

    /// <summary>The first second with another offset than <paramref name="from"/> has; <paramref name="to"/> has another.</summary>
    private static DateTimeOffset Change(TimeZoneInfo zone, DateTimeOffset from, DateTimeOffset to)
    {
        var before = zone.GetUtcOffset(from);
        var (low, high) = (from.ToUnixTimeSeconds(), to.ToUnixTimeSeconds());
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = zone.GetUtcOffset(DateTimeOffset.FromUnixTimeSeconds(middle)) == before ? (middle, high) : (low, middle);
        }

        return DateTimeOffset.FromUnixTimeSeconds(high);
    }

    private static DateTime Wall(DateTimeOffset instant, TimeSpan offset) => instant.ToOffset(offset).DateTime;
}
