namespace Akka.Configuration.Hocon;

/// <summary>
/// <c>include "file"</c>, <c>include file("file")</c>, <c>include required(…)</c>. A missing file counts as empty unless required.
/// </summary>
internal sealed class HoconInclude(string directory, IReadOnlyList<string> chain)
{
    private static readonly string[] Extensions = ["", ".conf", ".hocon", ".json"];

    /// <summary>Reads an include statement if one stands here and merges the file's fields into <paramref name="target"/>.</summary>
    public bool TryTake(HoconCursor cursor, HoconFields target, string[] path)
    {
        if (!AtStatement(cursor)) return false;
        var origin = cursor.Origin(HoconPath.Render(path));
        cursor.TryTake("include");
        cursor.TakeSpaces();
        var required = TakeOpening(cursor, "required");
        var isFile = TakeOpening(cursor, "file");
        if (cursor.Peek != '"')
            throw origin.Error($"include reads files only: include \"name\", include file(\"name\") or include required(\"name\"), but {cursor.Seen} stands there.");
        var name = HoconQuoted.Take(cursor, origin.Key);
        if (isFile) TakeClosing(cursor, origin);
        if (required) TakeClosing(cursor, origin);
        if (Load(name, required, path, origin) is not { } included) return true;
        foreach (var (key, value) in included.Fields) target.Set(key, value);
        return true;
    }

    private static bool AtStatement(HoconCursor cursor)
        => cursor.At("include \"") || cursor.At("include\"") || cursor.At("include\t")
           || cursor.At("include  ") || cursor.At("include file(") || cursor.At("include required(")
           || cursor.At("include url(") || cursor.At("include classpath(");

    private static bool TakeOpening(HoconCursor cursor, string word)
    {
        if (!cursor.TryTake(word + "(")) return false;
        cursor.TakeSpaces();
        return true;
    }

    private static void TakeClosing(HoconCursor cursor, HoconOrigin origin)
    {
        cursor.TakeSpaces();
        if (!cursor.TryTake(")")) throw origin.Error($"include: expected ')' but {cursor.Seen} stands there.");
    }

    private HoconFields? Load(string name, bool required, string[] path, HoconOrigin origin)
    {
        var wanted = Path.GetFullPath(Path.Combine(directory, name));
        var extensions = Path.HasExtension(wanted) ? Extensions.AsSpan(0, 1) : Extensions;
        foreach (var extension in extensions)
        {
            var file = wanted + extension;
            if (!File.Exists(file)) continue;
            if (chain.Contains(file, StringComparer.Ordinal))
                throw origin.Error($"include \"{name}\": the file includes itself ({string.Join(" -> ", chain.Append(file))}).");
            return HoconParser.Read(ReadText(file, origin), file, new HoconInclude(Path.GetDirectoryName(file)!, [.. chain, file]), path);
        }

        return required ? throw origin.Error($"include required(\"{name}\"): there is no file {wanted}.") : null;
    }

    private static string ReadText(string file, HoconOrigin origin)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw origin.Error($"include: {file} cannot be read: {error.Message}");
        }
    }
}
