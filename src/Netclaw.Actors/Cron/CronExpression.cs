namespace Netclaw.Actors.Cron;

/// <summary>
/// Five fields as crontab(5) has them (minute, hour, day of the month, month, day of the week), or six with the second before them. A day matches when both day
/// fields do; when neither begins with <c>*</c>, one of them is enough.
/// </summary>
public sealed class CronExpression
{
    /// <summary>Characters of an expression.</summary>
    public const int MaxLength = 256;

    // The longest wait of any expression that comes at all: 29 February on one day of the week, over a century without its leap year.
    private const int YearsAhead = 41;

    private readonly ulong _seconds, _minutes, _hours, _daysOfMonth, _months, _daysOfWeek;
    private readonly bool _eitherDay;

    private CronExpression(string text, IReadOnlyList<ulong> bits, bool eitherDay)
    {
        Text = text;
        (_seconds, _minutes, _hours, _daysOfMonth, _months) = (bits[0], bits[1], bits[2], bits[3], bits[4]);
        _daysOfWeek = (bits[5] | (bits[5] >> 7)) & 0x7F;
        _eitherDay = eitherDay;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Every hour is meant: then it counts hours that pass, not hours of the clock, and runs in both passes of a repeated hour.</summary>
    public bool EveryHour => _hours == 0xFFFFFF;

    /// <summary>Null, and an objection with its position, when the text is no expression or names a day that never comes.</summary>
    public static CronExpression? Parse(string text, out CronObjection? objection)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > MaxLength)
        {
            objection = new($"An expression has at most {MaxLength} characters and this has {text.Length}", MaxLength);
            return null;
        }

        var words = Words(text);
        if (words.Count is not (5 or 6))
        {
            objection = new($"An expression has five fields, or six with seconds before them, and this has {words.Count}", words.Count > 6 ? words[6].At : text.Length);
            return null;
        }

        CronField[] fields = [CronField.Second, CronField.Minute, CronField.Hour, CronField.DayOfMonth, CronField.Month, CronField.DayOfWeek];
        if (words.Count == 5)
        {
            words.Insert(0, ("0", 0));
        }

        var bits = new ulong[6];
        for (var index = 0; index < 6; index++)
        {
            objection = fields[index].Read(words[index].Word, words[index].At, out bits[index]);
            if (objection is not null)
            {
                return null;
            }
        }

        var expression = new CronExpression(text, bits, words[3].Word[0] != '*' && words[5].Word[0] != '*');
        objection = expression.NextWall(new DateTime(2000, 1, 1)) is null ? new("No year has such a day", words[3].At) : null;
        return objection is null ? expression : null;
    }

    /// <summary>The first wall-clock time after this one, whatever zone it is in, to the second; null: none before the calendar's end or in forty years.</summary>
    public DateTime? NextWall(DateTime after)
    {
        if (after.Year > 9990 - YearsAhead)
        {
            return null;
        }

        var start = new DateTime(after.Year, after.Month, after.Day, after.Hour, after.Minute, after.Second, DateTimeKind.Unspecified).AddSeconds(1);
        var lastYear = start.Year + YearsAhead;
        for (var day = start.Date; day.Year <= lastYear; day = Has(_months, day.Month) ? day.AddDays(1) : new DateTime(day.Year, day.Month, 1).AddMonths(1))
        {
            if (MatchesDay(day) && FirstIn(day, day == start.Date ? start.TimeOfDay : TimeSpan.Zero) is { } found)
            {
                return found;
            }
        }

        return null;
    }

    private bool MatchesDay(DateTime day)
    {
        var (ofMonth, ofWeek) = (Has(_daysOfMonth, day.Day), Has(_daysOfWeek, (int)day.DayOfWeek));
        return Has(_months, day.Month) && (_eitherDay ? ofMonth || ofWeek : ofMonth && ofWeek);
    }

    private DateTime? FirstIn(DateTime day, TimeSpan from)
    {
        for (var hour = from.Hours; hour < 24; hour++)
        {
            if (!Has(_hours, hour))
            {
                continue;
            }

            for (var minute = hour == from.Hours ? from.Minutes : 0; minute < 60; minute++)
            {
                if (!Has(_minutes, minute))
                {
                    continue;
                }

                for (var second = hour == from.Hours && minute == from.Minutes ? from.Seconds : 0; second < 60; second++)
                {
                    if (Has(_seconds, second))
                    {
                        return day.Add(new TimeSpan(hour, minute, second));
                    }
                }
            }
        }

        return null;
    }

    private static bool Has(ulong bits, int value) => ((bits >> value) & 1) == 1;

    private static List<(string Word, int At)> Words(string text)
    {
        List<(string Word, int At)> words = [];
        for (var at = 0; at < text.Length;)
        {
            if (text[at] is ' ' or '\t')
            {
                at++;
                continue;
            }

            var end = text.IndexOfAny([' ', '\t'], at);
            end = end < 0 ? text.Length : end;
            words.Add((text[at..end], at));
            at = end;
        }

        return words;
    }
}
