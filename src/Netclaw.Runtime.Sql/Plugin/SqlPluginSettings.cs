using Akka.Configuration;

namespace Netclaw.Runtime.Sql.Plugin;

/// <summary>What a SQL plugin reads from its configuration path.</summary>
/// <param name="ConnectionString">The database.</param>
/// <param name="Provider">Which kind of database.</param>
/// <param name="Schema">PostgreSQL's schema; null is the connection's default.</param>
/// <param name="AutoInitialize">Create tables that are missing.</param>
internal sealed record SqlPluginSettings(string ConnectionString, SqlProvider Provider, string? Schema, bool AutoInitialize)
{
    /// <exception cref="ConfigurationException">A key is missing or names what is not supported.</exception>
    public static SqlPluginSettings Read(Config config)
    {
        var connectionString = config.GetString("connection-string");
        if (string.IsNullOrWhiteSpace(connectionString))
        {
            throw new ConfigurationException("The SQL persistence plugin has no connection-string.");
        }

        var schema = config.GetString("default.schema-name");
        return new SqlPluginSettings(
            connectionString,
            SqlProviders.Parse(config.GetString("provider-name")),
            string.IsNullOrEmpty(schema) ? null : schema,
            config.GetBoolean("auto-initialize", true));
    }
}
