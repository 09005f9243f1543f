using System.Globalization;

namespace Akka.Configuration.Hocon;

/// <summary>
/// One value of a configuration: an object, a list, a simple value, or null. Immutable. The typed getters throw
/// <see cref="ConfigurationException"/> naming file, line and key when the value has another shape.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.NET Configuration, HOCON".</remarks>
public sealed partial class HoconValue
{
    private readonly object? _content;

    private HoconValue(object? content, bool quoted, HoconOrigin origin)
    {
        _content = content;
        Quoted = quoted;
        Origin = origin;
    }

    internal HoconOrigin Origin { get; }

    internal bool Quoted { get; }

    internal bool IsNull => _content is null;

    internal HoconObject? Fields => _content as HoconObject;

    /// <summary>True for null, for an object without keys and for a list without elements.</summary>
    public bool IsEmpty => _content is null or HoconObject { Count: 0 } or List<HoconValue> { Count: 0 };

    /// <summary>True for an object, which may also be read as a list if its keys are whole numbers.</summary>
    public bool IsObject() => _content is HoconObject;

    /// <summary>Whether it is a list.</summary>
    public bool IsArray() => _content is List<HoconValue>;

    /// <summary>Whether it is a single value.</summary>
    public bool IsString() => _content is string;

    /// <summary>The value of a key of this object, or null.</summary>
    public HoconValue? GetChildObject(string key) => Fields is { } fields && fields.TryGetValue(key, out var child) ? child : null;

    /// <summary>The elements of a list, or of an object whose keys are whole numbers.</summary>
    public IList<HoconValue> GetArray()
    {
        if (_content is List<HoconValue> items) return items.AsReadOnly();
        if (_content is HoconObject fields && Numbered(fields) is { Count: > 0 } numbered) return numbered;
        throw Mismatch("a list");
    }

    /// <summary>This object as a configuration of its own.</summary>
    public Config ToConfig() => IsObject() ? new Config(this) : throw Mismatch("an object");

    /// <summary>A configuration in which this value stands at <paramref name="key"/>.</summary>
    public Config AtKey(string key)
        => new(Object(new HoconObject { [key] = this }, Origin));

    /// <summary>The value as HOCON.</summary>
    public override string ToString() => HoconRenderer.Render(this);

    internal static HoconValue Null(HoconOrigin origin) => new(null, false, origin);

    internal static HoconValue Text(string text, bool quoted, HoconOrigin origin) => new(text, quoted, origin);

    internal static HoconValue List(List<HoconValue> items, HoconOrigin origin) => new(items, false, origin);

    internal static HoconValue Object(HoconObject fields, HoconOrigin origin) => new(fields, false, origin);

    internal HoconValue Over(HoconValue fallback)
        => _content is HoconObject over && fallback._content is HoconObject under ? Object(over.Over(under), Origin) : this;

    private static List<HoconValue> Numbered(HoconObject fields)
    {
        var numbered = new SortedDictionary<int, HoconValue>();
        foreach (var (key, value) in fields)
            if (int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                numbered[index] = value;
        return [.. numbered.Values];
    }

    private ConfigurationException Mismatch(string expected) => Origin.Error($"expected {expected}, but {Seen} stands there.");

    private string Seen => _content switch
    {
        null => "null",
        HoconObject => "an object",
        string text => $"\"{text}\"",
        _ => "a list",
    };
}
