using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>
/// A configuration: a tree of HOCON values, immutable, with other configurations behind it that answer for keys it does not have.
/// Paths are HOCON path expressions. A key that is absent or null yields the getter's default; a value of the wrong shape throws
/// <see cref="ConfigurationException"/> naming file, line and key.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.NET Configuration, HOCON".</remarks>
public partial class Config
{
    /// <summary>The configuration without any key.</summary>
    public static readonly Config Empty = new();

    private readonly HoconValue _own;

    /// <summary>Parsed already; see ConfigurationFactory for text.</summary>
    public Config() : this(HoconValue.Object(new HoconObject(), HoconOrigin.None))
    {
    }

    /// <summary><paramref name="source"/> over <paramref name="fallback"/>.</summary>
    public Config(Config source, Config? fallback)
    {
        ArgumentNullException.ThrowIfNull(source);
        _own = source._own;
        Fallback = source.Fallback is null ? fallback : fallback is null ? source.Fallback : new Config(source.Fallback, fallback);
        Root = Fallback is null ? _own : _own.Over(Fallback.Root);
    }

    internal Config(HoconValue root)
    {
        _own = root;
        Root = root;
    }

    /// <summary>What answers for keys that this configuration does not have itself, or null.</summary>
    public Config? Fallback { get; }

    /// <summary>The whole tree, fallbacks included.</summary>
    public HoconValue Root { get; }

    /// <summary>True if there is no key, here or in a fallback.</summary>
    public bool IsEmpty => Root.IsEmpty;

    /// <summary>A configuration that asks <paramref name="fallback"/> for keys which this one does not have; objects merge key by key.</summary>
    public virtual Config WithFallback(Config? fallback)
    {
        if (ReferenceEquals(fallback, this)) throw new ArgumentException("A configuration cannot be its own fallback.", nameof(fallback));
        if (fallback is null || fallback.IsEmpty) return this;
        return IsEmpty ? fallback : new Config(this, fallback);
    }

    /// <summary>The object at <paramref name="path"/> as a configuration; empty if there is none.</summary>
    public virtual Config GetConfig(string path) => Find(path) is { } value ? value.ToConfig() : Empty;

    /// <summary>The value at <paramref name="path"/>, or null.</summary>
    public HoconValue? GetValue(string path) => Find(path);

    /// <summary>True if <paramref name="path"/> has a value other than null.</summary>
    public virtual bool HasPath(string path) => Find(path) is not null;

    /// <summary>The keys of the outermost object and their values.</summary>
    public virtual IEnumerable<KeyValuePair<string, HoconValue>> AsEnumerable() => Root.Fields!;

    /// <summary>This configuration's own keys as HOCON, without its fallbacks.</summary>
    public override string ToString() => _own.ToString();

    /// <summary>The configuration as HOCON, with or without its fallbacks.</summary>
    public string ToString(bool includeFallback) => includeFallback ? Root.ToString() : ToString();

    /// <summary>Parses <paramref name="str"/>.</summary>
    public static implicit operator Config(string str) => ConfigurationFactory.ParseString(str);

    /// <summary><paramref name="config"/> over the parsed <paramref name="fallback"/>.</summary>
    public static Config operator +(Config config, string fallback) => config.WithFallback(ConfigurationFactory.ParseString(fallback));

    /// <summary>The parsed <paramref name="configHocon"/> over <paramref name="fallbackConfig"/>.</summary>
    public static Config operator +(string configHocon, Config fallbackConfig) => ConfigurationFactory.ParseString(configHocon).WithFallback(fallbackConfig);

    private HoconValue? Find(string path)
    {
        var value = Root;
        foreach (var key in HoconPath.Parse(path))
        {
            if (value.GetChildObject(key) is not { } child) return null;
            value = child;
        }

        return value.IsNull ? null : value;
    }
}
