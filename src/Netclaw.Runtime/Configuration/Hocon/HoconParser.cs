namespace Akka.Configuration.Hocon;

/// <summary>
/// Reads one HOCON text (https://github.com/lightbend/config/blob/main/HOCON.md) into fields with open substitutions.
/// <see cref="HoconResolver"/> closes them once everything included is known.
/// </summary>
internal sealed class HoconParser
{
    private readonly HoconCursor _cursor;
    private readonly HoconInclude _include;
    private readonly string[] _prefix;
    private readonly HoconValueReader _values;

    private HoconParser(string text, string file, HoconInclude include, string[] prefix)
    {
        _cursor = new HoconCursor(text, file);
        _include = include;
        _prefix = prefix;
        _values = new HoconValueReader(_cursor, prefix, BracedObject);
    }

    /// <summary>Parses and resolves a text. <paramref name="file"/> names it in errors; includes are read relative to <paramref name="directory"/>.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON, a file it requires is missing, or a substitution finds nothing.</exception>
    public static HoconValue ParseText(string text, string file, string directory)
        => HoconResolver.Resolve(Read(text, file, new HoconInclude(directory, []), []));

    public static HoconFields Read(string text, string file, HoconInclude include, string[] prefix)
        => new HoconParser(text, file, include, prefix).Document();

    private HoconFields Document()
    {
        _cursor.SkipBlank();
        if (_cursor.Peek == '[') throw _cursor.Error("a configuration is an object, but a list stands at the top.");
        var root = new HoconFields(_cursor.Origin(HoconPath.Render(_prefix)));
        if (_cursor.Peek != '{')
        {
            Body(root, _prefix, null);
            return root;
        }

        var opened = _cursor.Origin();
        _cursor.Take();
        Body(root, _prefix, opened);
        _cursor.SkipBlank();
        return _cursor.AtEnd ? root : throw _cursor.Error($"{_cursor.Seen} stands after the closing brace of the whole text.");
    }

    private HoconFields BracedObject(string[] path)
    {
        var opened = _cursor.Origin(HoconPath.Render(path));
        _cursor.Take();
        var fields = new HoconFields(opened);
        Body(fields, path, opened);
        return fields;
    }

    private void Body(HoconFields target, string[] path, HoconOrigin? opened)
    {
        var mayTakeComma = false;
        while (true)
        {
            _cursor.SkipBlank();
            if (_cursor.Peek == ',' && mayTakeComma)
            {
                _cursor.Take();
                mayTakeComma = false;
            }
            else if (_cursor.AtEnd)
            {
                if (opened is not null) throw opened.Error("an object that begins here is never closed. Add '}'.");
                return;
            }
            else if (_cursor.Peek == '}')
            {
                if (opened is null) throw _cursor.Error("'}' closes nothing.");
                _cursor.Take();
                return;
            }
            else
            {
                if (!_include.TryTake(_cursor, target, path)) Field(target, path);
                EndOfField(path);
                mayTakeComma = true;
            }
        }
    }

    private void Field(HoconFields target, string[] parent)
    {
        var parentName = HoconPath.Render(parent);
        var key = HoconPath.Take(_cursor, parentName);
        string[] path = [.. parent, .. key];
        var origin = _cursor.Origin(HoconPath.Render(path));
        _cursor.SkipBlank();
        var append = _cursor.TryTake("+=");
        if (!append && !_cursor.TryTake(":") && !_cursor.TryTake("=") && _cursor.Peek != '{')
            throw origin.Error($"expected '=', ':', '+=' or '{{' after the key, but {_cursor.Seen} stands there.");
        _cursor.SkipBlank();
        var value = _values.Value(path, origin);
        if (append)
            value = new HoconConcat(origin, [new HoconReference(origin, [], path, optional: true), new HoconList(origin, [value])]);
        for (var i = key.Length - 1; i > 0; i--)
        {
            var outer = new HoconFields(origin);
            outer.Set(key[i], value);
            value = outer;
        }

        target.Set(key[0], value);
    }

    private void EndOfField(string[] path)
    {
        _cursor.TakeSpaces();
        if (!_cursor.AtEnd && !_cursor.AtNewline && !_cursor.AtComment && _cursor.Peek is not (',' or '}'))
            throw _cursor.Error($"expected the end of the line or ',' but {_cursor.Seen} stands there. Quote a value that contains it.", HoconPath.Render(path));
    }
}
