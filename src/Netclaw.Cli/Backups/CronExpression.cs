using System.Collections.Immutable;
using System.Globalization;

namespace Netclaw.Cli.Backups;

/// <summary>
/// Five fields that say when: minute, hour, day of the month, month, day of the week, as crontab(5) has them. Taken is what every cron reads alike: <c>*</c>, numbers,
/// ranges, lists, steps behind <c>*</c> or a range, and single names of months and days.
/// </summary>
internal static class CronExpression
{
    /// <summary>Every night, away from the full hour.</summary>
    public const string Daily = "17 3 * * *";

    private const int DayOfMonth = 2;
    private const int Month = 3;
    private const int DayOfWeek = 4;

    private static readonly ImmutableArray<int> LongestMonths = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

    private static readonly ImmutableArray<Field> Fields =
    [
        new("minute", 0, 59, []),
        new("hour", 0, 23, []),
        new("day of the month", 1, 31, []),
        new("month", 1, 12, ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        new("day of the week", 0, 7, ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ];

    /// <summary>What is wrong with it, for a person; null: it is one. The fields are then parted by single spaces in <paramref name="normal"/>.</summary>
    public static string? Objection(string text, out string normal)
    {
        var words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        normal = string.Join(' ', words);
        if (words.Length != Fields.Length)
        {
            return $"--cron wants five fields (minute, hour, day of the month, month, day of the week) and got {Count(words.Length)}: write \"{Daily}\".";
        }

        var values = new SortedSet<int>[Fields.Length];
        for (var at = 0; at < words.Length; at++)
        {
            if (Fields[at].Read(words[at], out values[at]) is { } objection)
            {
                return $"--cron: {objection}";
            }
        }

        // Days of the month and of the week are joined by "or" as soon as both say something.
        return words[DayOfWeek] == "*" && values[Month].All(month => values[DayOfMonth].Min > LongestMonths[month - 1])
            ? $"--cron: no month among '{words[Month]}' has a day {words[DayOfMonth]}, so this never comes."
            : null;
    }

    private static string Count(int number) => number == 0 ? "none" : number.ToString(CultureInfo.InvariantCulture);

    /// <param name="Names">Of the values from <paramref name="First"/> on.</param>
    private sealed record Field(string Name, int First, int Last, ImmutableArray<string> Names)
    {
        public string? Read(string word, out SortedSet<int> values)
        {
            values = [];
            foreach (var part in word.Split(','))
            {
                if (Part(part, values) is { } objection)
                {
                    return objection;
                }
            }

            return null;
        }

        private string? Part(string part, SortedSet<int> values)
        {
            if (part.Split('/') is not [var range, .. var steps] || steps.Length > 1)
            {
                return Wrong(part);
            }

            if (Names.IndexOf(range.ToLowerInvariant()) is >= 0 and var named && steps is [])
            {
                values.Add(First + named);
                return null;
            }

            var step = 1;
            if (steps is [var text] && !(TryNumber(text, out step) && step >= 1 && step <= Last))
            {
                return $"'{text}' in '{part}' is no step: a number from 1 to {Last.ToString(CultureInfo.InvariantCulture)}.";
            }

            var (from, to) = (First, Last);
            if (range != "*")
            {
                switch (range.Split('-'))
                {
                    case [var one] when steps is [] && TryNumber(one, out from):
                        to = from;
                        break;
                    case [var low, var high] when TryNumber(low, out from) && TryNumber(high, out to) && from <= to:
                        break;
                    default:
                        return Wrong(part);
                }
            }

            if (from < First || to > Last)
            {
                return Wrong(part);
            }

            for (var value = from; value <= to; value += step)
            {
                values.Add(value);
            }

            return null;
        }

        private string Wrong(string part) => string.Create(
            CultureInfo.InvariantCulture, $"'{part}' is no {Name}: *, a number from {First} to {Last}{(Names.IsEmpty ? "" : $", a name such as {Names[1]}")}, a range such as {First}-{Last}, or */2.");

        private static bool TryNumber(string text, out int number) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && text.Length <= 2;
    }
}
