namespace Netclaw.Cli.Output;

/// <summary>Names and values under each other, the values aligned; a value that is too long goes on below itself.</summary>
internal sealed class Sheet
{
    private readonly List<(string Name, string Value)> _rows = [];

    /// <summary>Rows without a value are left out.</summary>
    public Sheet Add(string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            _rows.Add((name, PlainText.Of(value)));
        }

        return this;
    }

    public IEnumerable<string> Lines(int width)
    {
        var names = _rows.Count == 0 ? 0 : _rows.Max(row => row.Name.Length) + 2;
        foreach (var (name, value) in _rows)
        {
            var label = name;
            foreach (var line in Wrapping.Wrap(value, Math.Max(20, width - names)))
            {
                yield return label.PadRight(names) + line;
                label = "";
            }
        }
    }
}
