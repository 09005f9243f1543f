namespace Akka.Configuration.Hocon;

/// <summary>What the parser builds: configuration as written, substitutions still open.</summary>
internal abstract class HoconNode(HoconOrigin origin)
{
    public HoconOrigin Origin { get; } = origin;

    /// <summary>The evaluated form, once known (see <see cref="HoconResolver"/>).</summary>
    public HoconNode? Evaluated { get; set; }

    public bool Evaluating { get; set; }
}

internal sealed class HoconText(HoconOrigin origin, string text, bool quoted) : HoconNode(origin)
{
    public string Text { get; } = text;

    public bool Quoted { get; } = quoted;

    public bool IsNull => !Quoted && Text == "null";

    /// <summary>White space between two simple values: part of the string they form, nothing between lists or objects.</summary>
    public bool IsGap { get; init; }
}

internal sealed class HoconList(HoconOrigin origin, List<HoconNode> items) : HoconNode(origin)
{
    public List<HoconNode> Items { get; } = items;
}

internal sealed class HoconFields(HoconOrigin origin) : HoconNode(origin)
{
    public OrderedDictionary<string, HoconNode> Fields { get; } = new(StringComparer.Ordinal);

    /// <summary>Duplicate keys: objects merge, anything else replaces, and what is not known yet is decided later.</summary>
    public void Set(string key, HoconNode value)
    {
        if (!Fields.TryGetValue(key, out var earlier) || value is HoconText or HoconList)
        {
            Fields[key] = value;
            return;
        }

        if (value is HoconFields added && earlier is HoconFields present)
            foreach (var (name, field) in added.Fields)
                present.Set(name, field);
        else if (value is HoconFields && earlier is HoconText or HoconList)
            Fields[key] = value;
        else
            Fields[key] = new HoconOverlay(value, earlier);
    }
}

/// <summary>Values written one after another: one string, one list or one object.</summary>
internal sealed class HoconConcat(HoconOrigin origin, List<HoconNode> pieces) : HoconNode(origin)
{
    public List<HoconNode> Pieces { get; } = pieces;
}

/// <summary><c>${path}</c> or <c>${?path}</c>; <c>prefix</c> is where the file that wrote it was included.</summary>
internal sealed class HoconReference(HoconOrigin origin, string[] prefix, string[] path, bool optional) : HoconNode(origin)
{
    public string[] Prefix { get; } = prefix;

    public string[] Path { get; } = path;

    public bool Optional { get; } = optional;
}

/// <summary>A later value of a key over an earlier one, when only evaluation shows whether they merge.</summary>
internal sealed class HoconOverlay(HoconNode over, HoconNode under) : HoconNode(over.Origin)
{
    public HoconNode Over { get; } = over;

    public HoconNode Under { get; } = under;
}

/// <summary>An optional substitution that found nothing.</summary>
internal sealed class HoconUndefined() : HoconNode(HoconOrigin.None)
{
    public static readonly HoconUndefined Instance = new();
}
