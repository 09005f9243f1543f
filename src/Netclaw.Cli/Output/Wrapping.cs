namespace Netclaw.Cli.Output;

/// <summary>Breaks text into lines after a space or a comma, or in the middle of a word that is longer than a line.</summary>
internal static class Wrapping
{
    public static IReadOnlyList<string> Wrap(string text, int width)
    {
        var lines = new List<string>();
        var rest = text.AsSpan();
        while (rest.Length > width)
        {
            var breakAfter = rest[..(width + 1)].LastIndexOfAny(' ', ',');
            var take = breakAfter <= 0 ? width : rest[breakAfter] == ',' && breakAfter + 1 <= width ? breakAfter + 1 : breakAfter;
            lines.Add(rest[..take].TrimEnd().ToString());
            rest = rest[take..].TrimStart();
        }

        lines.Add(rest.ToString());
        return lines;
    }
}
