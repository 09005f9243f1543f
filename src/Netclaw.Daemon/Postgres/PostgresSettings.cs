using System.Globalization;
using System.Text;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;
using Npgsql;

namespace Netclaw.Daemon.Postgres;

/// <summary>How this process reaches its PostgreSQL. Not a record, and printed by <see cref="Place"/> alone: the connection string may hold a password.</summary>
public sealed class PostgresSettings
{
    /// <summary>Holds the connection string when no file is named.</summary>
    public const string Variable = "NETCLAW_POSTGRES";

    private const int LeasePatienceSeconds = 5;
    private const int ReadingPatienceSeconds = 300;
    private const string Example = "Host=db.example.org;Database=netclaw;Username=netclaw;Password=…";

    private PostgresSettings(NpgsqlConnectionStringBuilder given)
    {
        given.ApplicationName = string.Create(CultureInfo.InvariantCulture, $"netclawd {Environment.MachineName} pid {Environment.ProcessId}");
        given.PersistSecurityInfo = false;
        given.IncludeErrorDetail = false;
        given.LogParameters = false;
        given.Multiplexing = false;
        Journal = new Secret(given.ConnectionString);
        Tool = string.Create(CultureInfo.InvariantCulture, $"--host={given.Host} --port={given.Port} --username={given.Username} --dbname={given.Database ?? given.Username}");
        Place = string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {given.Host}:{given.Port}/{given.Database ?? given.Username}");

        // Its own connection, really closed when closed; a server that does not answer is as good as gone.
        var lease = new NpgsqlConnectionStringBuilder(given.ConnectionString) { Pooling = false, Timeout = LeasePatienceSeconds, CommandTimeout = LeasePatienceSeconds };
        Lease = new Secret(lease.ConnectionString);

        // A large journal is sorted before its first record comes.
        Reading = new Secret(new NpgsqlConnectionStringBuilder(given.ConnectionString) { Pooling = false, CommandTimeout = ReadingPatienceSeconds }.ConnectionString);
    }

    /// <summary>For the journal and the snapshots.</summary>
    public Secret Journal { get; }

    /// <summary>For the one connection that holds the lease.</summary>
    public Secret Lease { get; }

    /// <summary>For reading all of it once, beside whoever serves it.</summary>
    public Secret Reading { get; }

    /// <summary>Host, port and database, for people; no credentials.</summary>
    public string Place { get; }

    /// <summary>The same for PostgreSQL's own tools; the password is theirs to find (PGPASSFILE, .pgpass).</summary>
    public string Tool { get; }

    public override string ToString() => Place;

    /// <returns>Null, with the problem added, when there is no connection string that can serve.</returns>
    public static PostgresSettings? Read(NetclawHome home, PersistenceOptions options, Func<string, string?> environment, StartProblems problems)
    {
        if (Text(home, options, environment, problems) is not { } found)
        {
            return null;
        }

        var (text, origin) = found;
        if (Parse(text) is not { } given)
        {
            // The parser's own words may quote what it could not read.
            return Refuse(problems, origin, $"What stands there is no connection string of Npgsql's form. Write for example {Example}");
        }

        return given.Host is { Length: > 0 } host && !host.Contains(',', StringComparison.Ordinal)
            ? new PostgresSettings(given)
            : Refuse(problems, origin, $"The connection string must name one host: lease and journal have to be on the same server. Write for example {Example}");
    }

    private static (string Text, string Origin)? Text(NetclawHome home, PersistenceOptions options, Func<string, string?> environment, StartProblems problems)
    {
        if (options.ConnectionStringFile is not { } file)
        {
            if (environment(Variable) is { Length: > 0 } text)
            {
                return (text, Variable);
            }

            Refuse(problems, Variable, $"persistence.provider is \"postgresql\", but no connection string is given. Name a file of mode 0600 in persistence.connectionStringFile, or set {Variable}.");
            return null;
        }

        switch (PrivateFile.Read(Path.Combine(home.Root, file)))
        {
            case PrivateFileResult.Loaded loaded:
                return (Encoding.UTF8.GetString(loaded.Bytes).Trim(), file);
            case PrivateFileResult.Problem problem:
                Refuse(problems, file, problem.Seen + ".");
                return null;
            default:
                Refuse(problems, file, $"There is no file {Path.Combine(home.Root, file)}.");
                return null;
        }
    }

    private static NpgsqlConnectionStringBuilder? Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException or OverflowException or NotSupportedException)
        {
            return null;
        }
    }

    private static PostgresSettings? Refuse(StartProblems problems, string origin, string message)
    {
        problems.Add(new StartProblem(RefusalCode.ConfigInvalid, message, Key: origin == Variable ? Variable : "persistence.connectionStringFile", Value: origin == Variable ? null : origin));
        return null;
    }
}
