using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Netclaw.Actors.Approvals;

/// <summary>
/// Commands as one line that can be read in one way only: what is not plain stands in quotes, and what cannot be seen, or turns what stands beside it around, stands as its number,
/// such as <c>\u{202e}</c>. Two commands that differ have two lines.
/// </summary>
public static class CommandText
{
    private const string Plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";

    /// <param name="command">The program and its arguments.</param>
    public static string Of(ImmutableArray<string> command) => string.Join(' ', command.Select(Quoted));

    /// <summary>Words, with nothing hidden in them.</summary>
    public static string Visible(string text)
    {
        var line = new StringBuilder(text.Length);
        Append(line, text, quoted: false);
        return line.ToString();
    }

    private static string Quoted(string argument)
    {
        if (argument.Length > 0 && !argument.AsSpan().ContainsAnyExcept(Plain))
        {
            return argument;
        }

        var line = new StringBuilder(argument.Length + 2).Append('"');
        Append(line, argument, quoted: true);
        return line.Append('"').ToString();
    }

    private static void Append(StringBuilder line, ReadOnlySpan<char> text, bool quoted)
    {
        while (text.Length > 0)
        {
            var whole = Rune.DecodeFromUtf16(text, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (!whole || IsHidden(rune))
            {
                line.Append(CultureInfo.InvariantCulture, $"\\u{{{(whole ? rune.Value : text[0]):x}}}");
            }
            else if (rune.Value == '\\' || (quoted && rune.Value == '"'))
            {
                line.Append('\\').Append((char)rune.Value);
            }
            else
            {
                line.Append(text[..length]);
            }

            text = text[length..];
        }
    }

    private static bool IsHidden(Rune rune) => rune.Value != ' ' && Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
        or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator;
}
