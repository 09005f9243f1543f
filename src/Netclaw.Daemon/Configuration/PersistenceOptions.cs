using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>persistence</c>: where the journal is kept.</summary>
public sealed class PersistenceOptions
{
    public const string Sqlite = "sqlite";
    public const string PostgreSql = "postgresql";

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
            Provider = section.Read("provider", Sqlite, new ChoiceForm<string>("There is no such provider.", (Sqlite, Sqlite), (PostgreSql, PostgreSql)), "Where the journal is kept."),
            ConnectionStringFile = section.Optional("connectionStringFile", TextForm.Any, "File of mode 0600 that holds PostgreSQL's connection string.", "the environment variable NETCLAW_POSTGRES"),
        };
        section.Forbid("connectionString", "A connection string may hold a password, and netclaw.json is no place for one.",
            "Write it into a file of mode 0600, name that file in persistence.connectionStringFile, and change the password if others could read this file.");
        section.RejectUnknown();
        return options;
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
