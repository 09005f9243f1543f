namespace Netclaw.Cli.Output;

/// <summary>
/// Columns separated by two spaces. What does not fit the width is wrapped inside its column, never cut: the columns marked
/// flexible give way, the widest first.
/// </summary>
internal sealed class Table(params string[] headers)
{
    private const int Gap = 2;
    private const int NarrowestFlexible = 8;

    private readonly List<string[]> _rows = [];

    /// <summary>Which columns may be wrapped, by header.</summary>
    public IReadOnlyList<string> Flexible { get; init; } = [];

    public void Add(params string?[] cells)
    {
        if (cells.Length != headers.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {headers.Length} columns", nameof(cells));
        }

        _rows.Add([.. cells.Select(PlainText.Of)]);
    }

    /// <summary>The lines, headers first, without trailing spaces.</summary>
    public IEnumerable<string> Lines(int width)
    {
        var widths = Widths(width);
        foreach (var row in _rows.Prepend(headers))
        {
            var cells = row.Select((cell, column) => Wrapping.Wrap(cell, widths[column])).ToArray();
            for (var line = 0; line < cells.Max(cell => cell.Count); line++)
            {
                yield return string.Concat(cells.Select((cell, column) =>
                    (line < cell.Count ? cell[line] : "").PadRight(widths[column] + Gap))).TrimEnd();
            }
        }
    }

    private int[] Widths(int width)
    {
        var widths = headers.Select((header, column) => _rows.Select(row => row[column].Length).Append(header.Length).Max()).ToArray();
        var excess = widths.Sum() + Gap * (widths.Length - 1) - width;
        while (excess > 0)
        {
            var widest = Enumerable.Range(0, widths.Length)
                .Where(column => Flexible.Contains(headers[column]) && widths[column] > Math.Max(NarrowestFlexible, headers[column].Length))
                .DefaultIfEmpty(-1).MaxBy(column => column < 0 ? 0 : widths[column]);
            if (widest < 0)
            {
                break;
            }

            widths[widest]--;
            excess--;
        }

        return widths;
    }
}
