using System.Text;

namespace Netclaw.Cli.Service;

/// <summary>What a unit starts, read back from its <c>ExecStart=</c>.</summary>
/// <param name="Home">What follows <c>--home</c>.</param>
internal sealed record StartLine(string Program, string? Home)
{
    private const string Key = "ExecStart=";

    /// <summary>Null: it starts nothing.</summary>
    public static StartLine? Of(IEnumerable<string> lines)
    {
        var words = lines.LastOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is { } line ? Words(line[Key.Length..]) : [];
        var home = words.IndexOf("--home");
        return words.Count == 0 ? null : new StartLine(words[0], home >= 0 && home + 1 < words.Count ? words[home + 1] : null);
    }

    /// <summary>As systemd reads them (systemd.syntax(7)), as far as <see cref="UnitText"/> writes them: double quotes, backslashes in them, doubled percent and dollar signs.</summary>
    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (quoted, any) = (false, false);
        for (var at = 0; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '"':
                    (quoted, any) = (!quoted, true);
                    break;
                case ' ' when !quoted:
                    Take();
                    break;
                case '\\' or '%' or '$' when at + 1 < text.Length && (text[at] == '\\' || text[at + 1] == text[at]):
                    word.Append(text[++at]);
                    any = true;
                    break;
                default:
                    word.Append(text[at]);
                    any = true;
                    break;
            }
        }

        Take();
        return words;

        void Take()
        {
            if (any)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            any = false;
        }
    }
}
