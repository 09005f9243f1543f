using System.Text;
using Akka.Persistence.Hosting;

namespace Akka.Persistence.Sql.Hosting;

/// <summary>A SQL snapshot store: where it is and of what kind.</summary>
/// <remarks>Akka.NET documentation, "Akka.Persistence.Sql".</remarks>
public sealed class SqlSnapshotOptions : SnapshotOptions
{
    /// <summary>Options of the snapshot plugin with that identifier.</summary>
    public SqlSnapshotOptions()
        : this(true)
    {
    }

    /// <summary>Options of the snapshot plugin with that identifier.</summary>
    public SqlSnapshotOptions(bool isDefaultPlugin, string identifier = "sql")
        : base(isDefaultPlugin)
    {
        Identifier = identifier;
        AutoInitialize = true;
    }

    /// <summary>The plugin is <c>akka.persistence.snapshot-store.(identifier)</c>.</summary>
    public override string Identifier { get; set; }

    /// <summary>Required.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Required: <c>"SQLite.MS"</c> or <c>"PostgreSQL.15"</c>.</summary>
    public string? ProviderName { get; set; }

    internal string? SchemaName { get; set; }

    /// <inheritdoc/>
    protected override Akka.Configuration.Config InternalDefaultConfig => Akka.Configuration.Config.Empty;

    /// <inheritdoc/>
    protected override StringBuilder Build(StringBuilder sb)
    {
        sb.AppendLine("class = \"Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql\"");
        SqlPluginHocon.Schema(SqlPluginHocon.Connection(sb, ConnectionString, ProviderName), SchemaName);
        return base.Build(sb);
    }
}
