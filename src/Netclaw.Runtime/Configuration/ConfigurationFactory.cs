using System.Reflection;
using System.Text.Json;
using Akka.Configuration.Hocon;

namespace Akka.Configuration;

/// <summary>Makes configurations from text, files, resources and objects.</summary>
/// <remarks>Akka.NET documentation, "Akka.NET Configuration, HOCON".</remarks>
public class ConfigurationFactory
{
    private static readonly Lazy<Config> Reference = new(static () => FromResource<ConfigurationFactory>("Akka.Configuration.reference.conf"));

    /// <summary>The configuration without any key.</summary>
    public static Config Empty => Config.Empty;

    /// <summary>Parses HOCON. Substitutions are resolved within the text, then from environment variables.</summary>
    /// <exception cref="ConfigurationException">The text is not HOCON, or a substitution finds nothing.</exception>
    public static Config ParseString(string hocon)
    {
        ArgumentNullException.ThrowIfNull(hocon);
        return new Config(HoconParser.ParseText(hocon, "(text)", Environment.CurrentDirectory));
    }

    /// <summary>
    /// The HOCON of the application's own configuration file (<c>&lt;akka&gt;&lt;hocon&gt;</c> in <c>app.config</c>); empty without one.
    /// </summary>
    public static Config Load() => AppConfigFile.Load();

    /// <summary>The runtime's defaults: the value of every key that nobody sets.</summary>
    public static Config Default() => Reference.Value;

    /// <summary>Parses a manifest resource of the assembly that <typeparamref name="TAssembly"/> is in.</summary>
    public static Config FromResource<TAssembly>(string resourceName) => FromResource(resourceName, typeof(TAssembly).Assembly);

    /// <summary>Parses a manifest resource of the assembly of <paramref name="instanceInAssembly"/>'s type.</summary>
    public static Config FromResource(string resourceName, object instanceInAssembly)
    {
        ArgumentNullException.ThrowIfNull(instanceInAssembly);
        return FromResource(resourceName, instanceInAssembly as Assembly ?? (instanceInAssembly as Type ?? instanceInAssembly.GetType()).Assembly);
    }

    /// <summary>Parses a manifest resource.</summary>
    /// <exception cref="ConfigurationException">There is no such resource, or it is not HOCON.</exception>
    public static Config FromResource(string resourceName, Assembly assembly)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        using var stream = assembly.GetManifestResourceStream(resourceName)
            ?? throw new ConfigurationException($"{assembly.GetName().Name} has no resource `{resourceName}`; it has: {string.Join(", ", assembly.GetManifestResourceNames())}.");
        using var reader = new StreamReader(stream);
        return new Config(HoconParser.ParseText(reader.ReadToEnd(), resourceName, Environment.CurrentDirectory));
    }

    /// <summary>The public properties of an object, as JSON would write them.</summary>
    public static Config FromObject(object source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return ParseString(JsonSerializer.Serialize(source, source.GetType()));
    }

    /// <summary>Parses a file; its includes are relative to it.</summary>
    internal static Config ParseFile(string path)
    {
        var file = Path.GetFullPath(path);
        try
        {
            return new Config(HoconParser.ParseText(File.ReadAllText(file), path, Path.GetDirectoryName(file)!));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"{file} cannot be read: {error.Message}", error);
        }
    }
}
