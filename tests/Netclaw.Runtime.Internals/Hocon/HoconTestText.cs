using Akka.Configuration;

namespace Netclaw.Runtime.Internals.Hocon;

/// <summary>Short ways to parse in tests.</summary>
internal static class HoconTestText
{
    public static Config Parse(string hocon) => ConfigurationFactory.ParseString(hocon);

    public static string Error(string hocon) => Assert.Throws<ConfigurationException>(() => Parse(hocon)).Message;

    /// <summary>Both texts mean the same tree.</summary>
    public static void Same(string expected, string actual) => Assert.Equal(Canonical(Parse(expected)), Canonical(Parse(actual)));

    private static string Canonical(Config config)
        => string.Join('\n', Lines(config.Root, "").Order(StringComparer.Ordinal));

    private static IEnumerable<string> Lines(Akka.Configuration.Hocon.HoconValue value, string path)
    {
        if (value.IsObject())
            return new Config(value).AsEnumerable() is var keys && keys.Any()
                ? keys.SelectMany(pair => Lines(pair.Value, $"{path}/{pair.Key}"))
                : [$"{path} = {{}}"];
        if (value.IsArray())
            return value.GetArray() is { Count: > 0 } items ? items.SelectMany((item, index) => Lines(item, $"{path}[{index}]")) : [$"{path} = []"];
        return [$"{path} = {value.GetString() ?? "(null)"}"];
    }
}
