namespace Akka.Configuration.Hocon;

/// <summary>Keys and values in the order in which they were written.</summary>
internal sealed class HoconObject() : OrderedDictionary<string, HoconValue>(StringComparer.Ordinal)
{
    /// <summary>A new object: this one's keys over <paramref name="fallback"/>'s, objects merged to any depth.</summary>
    public HoconObject Over(HoconObject fallback)
    {
        var merged = new HoconObject();
        foreach (var (key, value) in this)
            merged[key] = fallback.TryGetValue(key, out var under) ? value.Over(under) : value;
        foreach (var (key, value) in fallback)
            merged.TryAdd(key, value);
        return merged;
    }
}
