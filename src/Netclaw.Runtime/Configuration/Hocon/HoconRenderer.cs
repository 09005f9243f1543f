using System.Globalization;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Writes values as HOCON which parses to the same values.</summary>
internal static class HoconRenderer
{
    public static string Render(HoconValue value)
    {
        var text = new StringBuilder();
        if (value.Fields is { } fields) Fields(text, fields, "");
        else Write(text, value, "");
        return text.ToString();
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
            quoted.Append(c switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        return quoted.Append('"').ToString();
    }

    private static void Fields(StringBuilder text, HoconObject fields, string indent)
    {
        foreach (var (key, value) in fields)
        {
            text.Append(indent).Append(HoconPath.RenderElement(key)).Append(value.IsObject() ? " " : " = ");
            Write(text, value, indent);
            text.Append('\n');
        }
    }

    private static void Write(StringBuilder text, HoconValue value, string indent)
    {
        if (value.IsNull)
        {
            text.Append("null");
        }
        else if (value.Fields is { } fields)
        {
            text.Append("{\n");
            Fields(text, fields, indent + "  ");
            text.Append(indent).Append('}');
        }
        else if (value.IsArray())
        {
            text.Append('[');
            var first = true;
            foreach (var item in value.GetArray())
            {
                text.Append(first ? "" : ", ");
                Write(text, item, indent + "  ");
                first = false;
            }

            text.Append(']');
        }
        else
        {
            text.Append(value.Quoted ? Quote(value.GetString()!) : value.GetString());
        }
    }
}
