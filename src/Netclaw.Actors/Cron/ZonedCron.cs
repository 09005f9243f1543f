using Quartz;

namespace Netclaw.Actors.Cron;

/// <summary>
/// An expression in a time zone. Quartz reads the five fields of crontab(5) and knows what a change of the clock does to an hour that is named: once at the end of a gap for all
/// that it would have missed there, once, in the first pass, of a repeated hour. Added here: a field of seconds before the five, and that an hour beginning with <c>*</c> counts
/// hours that pass, as in cron(8), so that a gap leaves nothing to make up for.
/// </summary>
internal sealed class ZonedCron
{
    /// <summary>Characters of an expression.</summary>
    public const int MaxLength = 256;

    private const int Fields = 5;
    private const int HourField = 1;
    private const string EveryMinute = "* * * *";

    private static readonly DateTimeOffset SomeHour = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly char[] Blanks = [' ', '\t'];

    private readonly CronExpression _inZone, _onWall;
    private readonly TimeZoneInfo _zone;
    private readonly TimeSpan[] _seconds;
    private readonly bool _hoursPass;

    private ZonedCron(CronExpression expression, TimeZoneInfo zone, TimeSpan[] seconds, bool hoursPass)
    {
        (_inZone, _onWall) = (expression.WithTimeZone(zone), expression.WithTimeZone(TimeZoneInfo.Utc));
        (_zone, _seconds, _hoursPass) = (zone, seconds, hoursPass);
    }

    /// <returns>Null, and why, when the text is no expression or names a time that never comes.</returns>
    public static ZonedCron? Parse(string text, TimeZoneInfo zone, out string? problem)
    {
        var words = text.Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        problem = text.Length > MaxLength ? $"An expression has at most {MaxLength} characters and this has {text.Length}"
            : words.Length is not (Fields or Fields + 1) ? $"An expression has five fields, or six with seconds before them, and this has {words.Length}"
            : Array.Find(words, word => word.Split(',').Any(part => part.Length == 0)) is { } gappy ? $"'{gappy}' has a comma with nothing beside it"
            : null;
        if (problem is not null)
        {
            return null;
        }

        try
        {
            var own = words[^Fields..];
            var parsed = new ZonedCron(
                CronExpression.Parse(string.Join(' ', own), CronFormat.Unix), zone, words.Length > Fields ? Seconds(words[0]) : [TimeSpan.Zero], own[HourField][0] == '*');
            problem = parsed._onWall.GetNextValidTimeAfter(SomeHour) is null ? "No year has such a day" : null;
            return problem is null ? parsed : null;
        }
        catch (FormatException wrong)
        {
            problem = wrong.Message;
            return null;
        }
    }

    /// <summary>The first time later than <paramref name="after"/>, in whole seconds; null: none.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset after)
    {
        var minute = DateTimeOffset.FromUnixTimeSeconds(after.ToUnixTimeSeconds() / 60 * 60);
        if (NextMinute(minute.AddSeconds(-1)) == minute && Array.Find(_seconds, second => minute + second > after) is var second && minute + second > after)
        {
            return minute + second;
        }

        return NextMinute(minute) is { } next ? next.ToUniversalTime() + _seconds[0] : null;
    }

    private DateTimeOffset? NextMinute(DateTimeOffset after)
    {
        var next = _inZone.GetNextValidTimeAfter(after);
        while (_hoursPass && next is { } madeUp && !_onWall.IsSatisfiedBy(new DateTimeOffset(TimeZoneInfo.ConvertTime(madeUp, _zone).DateTime, TimeSpan.Zero)))
        {
            next = _inZone.GetNextValidTimeAfter(madeUp);
        }

        return next;
    }

    /// <summary>The field of seconds is written like that of minutes: which of an hour's minutes it would name, as seconds.</summary>
    private static TimeSpan[] Seconds(string field)
    {
        var minutes = CronExpression.Parse($"{field} {EveryMinute}", CronFormat.Unix).WithTimeZone(TimeZoneInfo.Utc);
        return [.. Enumerable.Range(0, 60).Where(minute => minutes.IsSatisfiedBy(SomeHour.AddMinutes(minute))).Select(second => TimeSpan.FromSeconds(second))];
    }
}
