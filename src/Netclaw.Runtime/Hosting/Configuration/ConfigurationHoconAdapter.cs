using System.Text;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Microsoft.Extensions.Configuration;

namespace Akka.Hosting.Configuration;

/// <summary>.NET's configuration as HOCON.</summary>
/// <remarks>Akka.NET documentation, "Akka.NET Configuration, HOCON".</remarks>
public static class ConfigurationHoconAdapter
{
    /// <summary>
    /// Sections become objects, sections whose keys are 0, 1, 2 … become lists. A dot in a key separates path elements; a quoted key stands for itself.
    /// </summary>
    /// <param name="config">What to convert.</param>
    /// <param name="normalizeKeys">Lower-case the keys, and write underscores (as environment variables have them) as hyphens.</param>
    public static Config ToHocon(this IConfiguration config, bool normalizeKeys = true)
    {
        ArgumentNullException.ThrowIfNull(config);
        var text = new StringBuilder();
        Fields(text, config.GetChildren(), normalizeKeys);
        return ConfigurationFactory.ParseString(text.ToString());
    }

    private static void Fields(StringBuilder text, IEnumerable<IConfigurationSection> sections, bool normalize)
    {
        foreach (var section in sections)
        {
            text.Append(Key(section.Key, normalize)).Append(" = ");
            Value(text, section, normalize);
            text.Append('\n');
        }
    }

    private static void Value(StringBuilder text, IConfigurationSection section, bool normalize)
    {
        var children = section.GetChildren().ToList();
        if (children.Count == 0)
        {
            text.Append(section.Value is { } value ? HoconRenderer.Quote(value) : "null");
        }
        else if (children.Select(static child => child.Key).SequenceEqual(Enumerable.Range(0, children.Count).Select(static index => index.ToString(System.Globalization.CultureInfo.InvariantCulture))))
        {
            text.Append('[');
            foreach (var child in children)
            {
                Value(text, child, normalize);
                text.Append('\n');
            }

            text.Append(']');
        }
        else
        {
            text.Append("{\n");
            Fields(text, children, normalize);
            text.Append('}');
        }
    }

    private static string Key(string key, bool normalize)
    {
        if (key.Length > 1 && key[0] == '"' && key[^1] == '"') return HoconRenderer.Quote(key[1..^1]);
        var name = normalize ? key.Replace('_', '-').ToLowerInvariant() : key;
        return HoconPath.Render(name.Split('.', StringSplitOptions.RemoveEmptyEntries));
    }
}
