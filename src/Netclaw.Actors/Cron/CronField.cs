using System.Globalization;

namespace Netclaw.Actors.Cron;

/// <summary>One field of an expression: which numbers it may hold, and the names it takes for them.</summary>
internal sealed record CronField(string Name, int Min, int Max, IReadOnlyList<string> Names)
{
    public static readonly CronField Second = new("second", 0, 59, []);

    public static readonly CronField Minute = new("minute", 0, 59, []);

    public static readonly CronField Hour = new("hour", 0, 23, []);

    public static readonly CronField DayOfMonth = new("day of the month", 1, 31, []);

    public static readonly CronField Month = new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]);

    /// <summary>Sunday is 0 and 7.</summary>
    public static readonly CronField DayOfWeek = new("day of the week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]);

    /// <summary>Reads a list of <c>*</c>, numbers, names, ranges and steps into a set of bits.</summary>
    /// <param name="text">The field, without blanks.</param>
    /// <param name="start">Where it begins in the expression.</param>
    /// <param name="bits">Bit n: the number n is in it.</param>
    public CronObjection? Read(string text, int start, out ulong bits)
    {
        bits = 0;
        var at = start;
        foreach (var part in text.Split(','))
        {
            if (ReadPart(part, at, ref bits) is { } objection)
            {
                return objection;
            }

            at += part.Length + 1;
        }

        return null;
    }

    private CronObjection? ReadPart(string part, int at, ref ulong bits)
    {
        var slash = part.IndexOf('/', StringComparison.Ordinal);
        var range = slash < 0 ? part : part[..slash];
        var step = 1;
        if (slash >= 0 && (!Number(part[(slash + 1)..], out step) || step < 1 || step > Max))
        {
            return new($"The {Name} has a step that is not a number from 1 to {Max}", at + slash + 1);
        }

        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var from = Min;
        var to = Name == DayOfWeekName ? 6 : Max;
        if (range != "*")
        {
            if (!Value(dash < 0 ? range : range[..dash], out from))
            {
                return new($"The {Name} wants numbers from {Min} to {Max}", at);
            }

            if (dash >= 0 && !Value(range[(dash + 1)..], out to))
            {
                return new($"The {Name} wants numbers from {Min} to {Max}", at + dash + 1);
            }

            if (dash < 0 && slash < 0)
            {
                to = from;
            }
        }

        if (from > to)
        {
            return new($"The {Name} has a range that ends before it begins", at);
        }

        for (var value = from; value <= to; value += step)
        {
            bits |= 1UL << value;
        }

        return null;
    }

    private const string DayOfWeekName = "day of the week";

    private bool Value(string text, out int value)
    {
        for (var index = 0; index < Names.Count; index++)
        {
            if (string.Equals(Names[index], text, StringComparison.OrdinalIgnoreCase))
            {
                value = index + Min;
                return true;
            }
        }

        return Number(text, out value) && value >= Min && value <= Max;
    }

    private static bool Number(string text, out int value)
    {
        value = 0;
        return text.Length is > 0 and <= 4 && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
    }
}
