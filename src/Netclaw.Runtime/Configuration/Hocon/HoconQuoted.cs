using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Quoted strings: JSON strings and triple-quoted text.</summary>
internal static class HoconQuoted
{
    public static string Take(HoconCursor cursor, string key)
    {
        var start = cursor.Origin(key);
        if (cursor.TryTake("\"\"\"")) return TakeTriple(cursor, start);
        cursor.Take();
        var text = new StringBuilder();
        while (true)
        {
            if (cursor.AtEnd || cursor.AtNewline)
                throw start.Error("a quoted string is not closed on its line. Add '\"', or use \"\"\" for text of several lines.");
            var c = cursor.Take();
            if (c == '"') return text.ToString();
            text.Append(c == '\\' ? TakeEscape(cursor, start) : c);
        }
    }

    private static string TakeTriple(HoconCursor cursor, HoconOrigin start)
    {
        var text = new StringBuilder();
        while (!cursor.AtEnd)
        {
            // Quotes beyond the closing three belong to the text.
            if (cursor.At("\"\"\"") && !cursor.At("\"\"\"\""))
            {
                cursor.TryTake("\"\"\"");
                return text.ToString();
            }

            text.Append(cursor.Take());
        }

        throw start.Error("a triple-quoted string is not closed. Add \"\"\".");
    }

    private static char TakeEscape(HoconCursor cursor, HoconOrigin start)
    {
        if (cursor.AtEnd) throw start.Error("a quoted string is not closed.");
        var c = cursor.Take();
        switch (c)
        {
            case '"' or '\\' or '/': return c;
            case 'b': return '\b';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'u': return TakeUnicode(cursor, start);
            default: throw start.Error($"\\{c} is not an escape of a quoted string. Write \\\\ for a backslash.");
        }
    }

    private static char TakeUnicode(HoconCursor cursor, HoconOrigin start)
    {
        var left = 4;
        var digits = cursor.TakeWhile(here => left-- > 0 && char.IsAsciiHexDigit(here.Peek));
        return digits.Length == 4
            ? (char)ushort.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : throw start.Error($"\\u{digits} is not followed by four hexadecimal digits.");
    }
}
