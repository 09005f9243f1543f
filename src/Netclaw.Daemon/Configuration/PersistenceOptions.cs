namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>persistence</c>: where the journal is kept.</summary>
public sealed class PersistenceOptions
{
    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";

    private static readonly string[] Providers = [Sqlite, PostgreSql];

    /// <summary>Default <c>sqlite</c>: files in the home, nothing to run. <c>postgresql</c>: a server of its own, for when one machine is not enough.</summary>
    public string Provider { get; init; } = Sqlite;

    /// <summary>
    /// File that holds PostgreSQL's connection string, mode 0600; relative to the home. Default none: the environment variable
    /// NETCLAW_POSTGRES holds it. It never stands in netclaw.json itself, because it may hold a password.
    /// </summary>
    public string? ConnectionStringFile { get; init; }

    public bool UsesPostgres => Provider == PostgreSql;

    /// <param name="section">One that shows no values: people write connection strings in the wrong place.</param>
    internal static PersistenceOptions Read(ConfigSection section)
    {
        var options = new PersistenceOptions
        {
            Provider = section.Parsed("provider", Sqlite, TryProvider, "There is no such provider.", $"Write one of: {string.Join(", ", Providers)}."),
            ConnectionStringFile = section.Text("connectionStringFile"),
        };
        section.Forbid("connectionString", "A connection string may hold a password, and netclaw.json is no place for one.",
            "Write it into a file of mode 0600, name that file in persistence.connectionStringFile, and change the password if others could read this file.");
        section.RejectUnknown();
        return options;
    }

    private static bool TryProvider(string text, out string provider)
    {
        provider = text.ToLowerInvariant();
        return Providers.Contains(provider, StringComparer.Ordinal);
    }
}

public sealed class PersistenceOptionsValidator : ConfigValidator<PersistenceOptions>
{
    public override IEnumerable<ConfigProblem> Check(PersistenceOptions options)
    {
        if (options.ConnectionStringFile is not { } file)
        {
            yield break;
        }

        if (file.Length == 0 || file.Contains('=', StringComparison.Ordinal) || file.Contains("://", StringComparison.Ordinal))
        {
            yield return new ConfigProblem("persistence.connectionStringFile", "***", "This is no path of a file.",
                "Write the path of a file of mode 0600 that holds the connection string, not the connection string itself.");
        }
        else if (!options.UsesPostgres)
        {
            yield return new ConfigProblem("persistence.connectionStringFile", file, "SQLite needs no connection string.",
                "Write persistence.provider \"postgresql\", or remove this key.");
        }
    }
}
