using System.Collections.Concurrent;
using System.Text;

namespace Akka.Configuration.Hocon;

/// <summary>Path expressions: <c>a.b."c.d"</c> (HOCON specification, "Path expressions").</summary>
internal static class HoconPath
{
    private static readonly ConcurrentDictionary<string, string[]> Parsed = new(StringComparer.Ordinal);

    /// <summary>The elements of a path that a program asks for.</summary>
    public static string[] Parse(string path)
    {
        if (path is null) throw new ArgumentNullException(nameof(path));
        if (path.AsSpan().IndexOfAny("\"$ ") < 0 && !path.Contains("..", StringComparison.Ordinal) && path.Length > 0)
            return path.Split('.');
        return Parsed.GetOrAdd(path, static text =>
        {
            var cursor = new HoconCursor(text, "path");
            cursor.TakeSpaces();
            var elements = Take(cursor, "");
            cursor.TakeSpaces();
            return cursor.AtEnd ? elements : throw new ConfigurationException($"path `{text}`: {cursor.Seen} must be quoted.");
        });
    }

    /// <summary>Reads a path where one stands: a key, or the inside of a substitution.</summary>
    public static string[] Take(HoconCursor cursor, string parent)
    {
        var elements = new List<string>();
        var element = new StringBuilder();
        var present = false;
        while (true)
        {
            var gap = cursor.TakeSpaces();
            var quoted = cursor.Peek == '"';
            if (!quoted && !cursor.AtUnquoted) break;
            if (quoted)
            {
                element.Append(present ? gap : "").Append(HoconQuoted.Take(cursor, parent));
                present = true;
            }
            else if (cursor.TryTake("."))
            {
                Close();
            }
            else
            {
                element.Append(present ? gap : "").Append(cursor.TakeWhile(static here => here.AtUnquoted && here.Peek != '.'));
                present = true;
            }
        }

        Close();
        return [.. elements];

        void Close()
        {
            if (!present) throw cursor.Error($"a path has an empty element before {cursor.Seen}. Quote it (\"\") if that is meant.", parent);
            elements.Add(element.ToString());
            element.Clear();
            present = false;
        }
    }

    public static string Render(IEnumerable<string> path) => string.Join('.', path.Select(RenderElement));

    /// <summary>An element as it must be written: quoted where its characters ask for it.</summary>
    public static string RenderElement(string element)
        => element.Length > 0 && element.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? element : HoconRenderer.Quote(element);
}
