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
            // A space may be the first symbol that does not fit; a comma stays on its line.
            var space = rest[..(width + 1)].LastIndexOf(' ');
            var comma = rest[..width].LastIndexOf(',') + 1;
            var take = Math.Max(space, comma) is > 0 and var found ? found : width;
            lines.Add(rest[..take].TrimEnd().ToString());
            rest = rest[take..].TrimStart();
        }

        lines.Add(rest.ToString());
        return lines;
    }
}
