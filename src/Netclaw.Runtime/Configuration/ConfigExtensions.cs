namespace Akka.Configuration;

/// <summary>Null-tolerant helpers on <see cref="Config"/>.</summary>
/// <remarks>Akka.NET documentation, "Akka.NET Configuration, HOCON".</remarks>
public static class ConfigExtensions
{
    /// <summary>True for null and for a configuration without any value.</summary>
    public static bool IsNullOrEmpty(this Config? config) => config is null || config.IsEmpty;

    /// <summary><paramref name="config"/> over <paramref name="fallback"/>, where either may be null or empty.</summary>
    public static Config SafeWithFallback(this Config? config, Config? fallback)
    {
        if (config.IsNullOrEmpty()) return fallback ?? Config.Empty;
        return fallback.IsNullOrEmpty() ? config! : config!.WithFallback(fallback);
    }
}
