namespace Netclaw.Cli.Backups;

/// <summary>The text of a crontab, changed in one line.</summary>
internal static class CronTable
{
    /// <param name="owns">Tells the line.</param>
    /// <param name="line">What takes its place, or is added at the end; null: it goes. A second one that is owned goes too.</param>
    /// <returns>Every other line is what it was, to the byte.</returns>
    public static string With(string table, Func<string, bool> owns, string? line)
    {
        var lines = Lines(table).ToList();
        var at = lines.FindIndex(each => owns(each));
        lines = [.. lines.Where((each, index) => index == at || !owns(each))];
        switch (at, line)
        {
            case (>= 0, null):
                lines.RemoveAt(at);
                break;
            case (>= 0, { } text):
                lines[at] = Crontab.Stored(text);
                break;
            case (_, { } text):
                lines.Add(Crontab.Stored(text));
                break;
        }

        return string.Concat(lines.Select(each => each + "\n"));
    }

    public static bool Holds(string table, Func<string, bool> owns) => Lines(table).Any(owns);

    private static string[] Lines(string table) => table.Length == 0 ? [] : (table.EndsWith('\n') ? table[..^1] : table).Split('\n');
}
