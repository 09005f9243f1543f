using Akka.Configuration;

namespace Netclaw.Runtime.Sql.Plugin;

internal enum SqlProvider
{
    Sqlite,
    Postgres,
}

/// <summary>The provider names of Akka.Persistence.Sql, as literals.</summary>
internal static class SqlProviders
{
    /// <exception cref="ConfigurationException">The provider is not one of the two.</exception>
    public static SqlProvider Parse(string? name) => name switch
    {
        "SQLite.MS" or "SQLite" => SqlProvider.Sqlite,
        not null when name.StartsWith("PostgreSQL", StringComparison.Ordinal) => SqlProvider.Postgres,
        _ => throw new ConfigurationException($"The SQL persistence provider '{name}' is not supported. Use \"SQLite.MS\" or \"PostgreSQL.15\"."),
    };
}
