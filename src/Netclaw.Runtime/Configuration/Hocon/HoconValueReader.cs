namespace Akka.Configuration.Hocon;

/// <summary>Reads the right-hand side of a field: simple values, lists, objects, substitutions, and their concatenation.</summary>
internal sealed class HoconValueReader(HoconCursor cursor, string[] prefix, Func<string[], HoconFields> readObject)
{
    // Deeper than anybody writes, and far from the end of the stack.
    private const int DeepestNesting = 200;

    private int _depth;

    public HoconNode Value(string[] path, HoconOrigin field)
    {
        var pieces = new List<HoconNode>();
        var gap = "";
        while (!cursor.AtEnd && !cursor.AtNewline && !cursor.AtComment && cursor.Peek is not (',' or '}' or ']'))
        {
            if (cursor.AtSpace)
            {
                gap = cursor.TakeSpaces();
                continue;
            }

            var origin = cursor.Origin(field.Key);
            if (gap.Length > 0 && pieces.Count > 0) pieces.Add(new HoconText(origin, gap, quoted: false) { IsGap = true });
            gap = "";
            pieces.Add(Piece(path, origin));
        }

        return pieces.Count switch
        {
            0 => throw field.Error($"the key has no value; {cursor.Seen} stands where it should."),
            1 => pieces[0],
            _ => new HoconConcat(pieces[0].Origin, pieces),
        };
    }

    private HoconNode Piece(string[] path, HoconOrigin origin) => cursor.Peek switch
    {
        '{' => Nested(origin, () => readObject(path)),
        '[' => Nested(origin, () => List(path, origin)),
        '"' => new HoconText(origin, HoconQuoted.Take(cursor, origin.Key), quoted: true),
        '$' => Reference(origin),
        _ when cursor.AtUnquoted => new HoconText(origin, cursor.TakeWhile(static here => here.AtUnquoted), quoted: false),
        _ => throw origin.Error($"{cursor.Seen} must be quoted in a value."),
    };

    private T Nested<T>(HoconOrigin origin, Func<T> read)
    {
        if (++_depth > DeepestNesting) throw origin.Error($"objects and lists are nested more than {DeepestNesting} deep.");
        var value = read();
        _depth--;
        return value;
    }

    private HoconReference Reference(HoconOrigin origin)
    {
        if (!cursor.TryTake("${")) throw origin.Error("'$' must be quoted, or be followed by '{' for a substitution.");
        var optional = cursor.TryTake("?");
        var path = HoconPath.Take(cursor, origin.Key);
        return cursor.TryTake("}")
            ? new HoconReference(origin, prefix, path, optional)
            : throw origin.Error($"a substitution is not closed; expected '}}' but {cursor.Seen} stands there.");
    }

    private HoconList List(string[] path, HoconOrigin opened)
    {
        cursor.Take();
        var items = new List<HoconNode>();
        var mayTakeComma = false;
        while (true)
        {
            cursor.SkipBlank();
            if (cursor.AtEnd) throw opened.Error("a list that begins here is never closed. Add ']'.");
            if (cursor.TryTake("]")) return new HoconList(opened, items);
            if (cursor.Peek == ',')
            {
                if (!mayTakeComma) throw cursor.Error("a list has a comma without an element before it.", opened.Key);
                cursor.Take();
                mayTakeComma = false;
                continue;
            }

            items.Add(Value(path, cursor.Origin(opened.Key)));
            if (!cursor.AtEnd && cursor.Peek == '}') throw cursor.Error("'}' stands in a list; expected ',' or ']'.", opened.Key);
            mayTakeComma = true;
        }
    }
}
