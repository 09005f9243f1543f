using System.Text;
using Akka.Configuration;

namespace Akka.Persistence.Hosting;

/// <summary>The settings of one snapshot store plugin, and the configuration they stand for.</summary>
/// <remarks>Akka.NET documentation, "Akka.Hosting".</remarks>
public abstract class SnapshotOptions
{
    /// <summary>Whether it is the default one.</summary>
    protected SnapshotOptions(bool isDefault) => IsDefaultPlugin = isDefault;

    /// <summary>Whether actors that name no snapshot store use this one.</summary>
    public bool IsDefaultPlugin { get; set; }

    /// <summary>The last part of the plugin's path.</summary>
    public abstract string Identifier { get; set; }

    /// <summary>The plugin's path in the configuration.</summary>
    public string PluginId => $"akka.persistence.snapshot-store.{Identifier}";

    /// <summary>Create what is missing in the database.</summary>
    public bool AutoInitialize { get; set; }

    /// <summary>What holds for keys that the options do not set.</summary>
    public Config DefaultConfig => InternalDefaultConfig.IsEmpty ? Config.Empty : InternalDefaultConfig;

    /// <summary>What holds where the options say nothing.</summary>
    protected abstract Config InternalDefaultConfig { get; }

    /// <summary>The configuration, from the root.</summary>
    public Config ToConfig() => ConfigurationFactory.ParseString(ToString());

    /// <inheritdoc/>
    public sealed override string ToString()
    {
        var hocon = new StringBuilder().AppendLine($"{PluginId} {{");
        Build(hocon).AppendLine("}");
        if (IsDefaultPlugin)
        {
            hocon.AppendLine($"akka.persistence.snapshot-store.plugin = \"{PluginId}\"");
        }

        return hocon.ToString();
    }

    /// <summary>Appends the plugin's own keys.</summary>
    protected virtual StringBuilder Build(StringBuilder sb) =>
        sb.AppendLine($"auto-initialize = {(AutoInitialize ? "on" : "off")}");
}
