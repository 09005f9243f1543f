using Akka.Actor;

namespace Akka.Configuration;

/// <summary>
/// A configuration cannot be read or a value in it cannot be used. The message begins with <c>file:line: key:</c>
/// wherever these are known, and says what was expected and what stands there.
/// </summary>
/// <remarks>Akka.NET documentation, "Akka.NET Configuration, HOCON".</remarks>
public class ConfigurationException : AkkaException
{
    /// <summary>Says which file, line and key, and what to write there.</summary>
    public ConfigurationException(string message) : base(message)
    {
    }

    /// <summary>Says which file, line and key, and what to write there.</summary>
    public ConfigurationException(string message, Exception? exception) : base(message, exception)
    {
    }

    /// <summary>The error for a required section that is absent or empty.</summary>
    public static ConfigurationException NullOrEmptyConfig<T>(string? path = null)
        => new(path is null
            ? $"{typeof(T).Name} was created with a null or empty configuration section. Pass the section it reads."
            : $"{typeof(T).Name} was created with a null or empty configuration section. Expected the section `{path}`.");
}
