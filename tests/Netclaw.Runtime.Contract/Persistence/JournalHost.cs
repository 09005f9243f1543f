using Akka.Actor;
using Akka.Configuration;

namespace Netclaw.Runtime.Contract.Persistence;

/// <summary>An actor system on a journal of its own, which can be ended and started again on the same data.</summary>
public sealed class JournalHost : IAsyncDisposable
{
    public const string InMemory = "in-memory";
    public const string Sqlite = "SQLite";
    public const string Postgres = "PostgreSQL";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("ncjournal").FullName;
    private readonly Config _config;
    private int _systems;

    private JournalHost(string kind, PostgresCluster? cluster, string? schema)
    {
        Kind = kind;
        _config = ConfigurationFactory.ParseString(Hocon(cluster, schema)).WithFallback(ConfigurationFactory.ParseString(NotedSerializer.Hocon));
    }

    public string Kind { get; }

    public ActorSystem System { get; private set; } = null!;

    public Config Config => _config;

    public static TheoryData<string> Kinds { get; } =
        PostgresCluster.Missing is null ? [InMemory, Sqlite, Postgres] : [InMemory, Sqlite];

    public static TheoryData<string> DurableKinds { get; } =
        PostgresCluster.Missing is null ? [Sqlite, Postgres] : [Sqlite];

    public static async Task<JournalHost> Start(string kind)
    {
        var cluster = kind == Postgres ? await PostgresCluster.Shared() : null;
        var host = new JournalHost(kind, cluster, cluster is null ? null : await cluster.NewSchema());
        host.System = host.AnotherSystem();
        return host;
    }

    /// <summary>A further system on the same data; the caller ends it.</summary>
    public ActorSystem AnotherSystem() => ActorSystem.Create($"journal-{++_systems}", _config);

    public async Task StartAgain()
    {
        await System.Terminate().WaitAsync(Longest);
        System = AnotherSystem();
    }

    /// <summary>Stops an actor and waits until it is gone.</summary>
    public static Task Stop(IActorRef actor) => actor.GracefulStop(Longest);

    public async ValueTask DisposeAsync()
    {
        await System.Terminate().WaitAsync(Longest);
        Directory.Delete(_directory, recursive: true);
    }

    private string Hocon(PostgresCluster? cluster, string? schema) => Kind switch
    {
        InMemory => """
            akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
            akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
            """,
        Sqlite => Sql("SQLite.MS", $"Data Source={_directory}/journal.db", $"Data Source={_directory}/snapshot.db", null),
        _ => Sql("PostgreSQL.15", cluster!.ConnectionString, cluster.ConnectionString, schema),
    };

    private static string Sql(string provider, string journal, string snapshots, string? schema) => $$"""
        akka.persistence.journal {
          plugin = "akka.persistence.journal.sql"
          sql {
            class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
            connection-string = "{{journal}}"
            provider-name = "{{provider}}"
            auto-initialize = on
            {{(schema is null ? "" : $"default.schema-name = {schema}")}}
          }
        }
        akka.persistence.snapshot-store {
          plugin = "akka.persistence.snapshot-store.sql"
          sql {
            class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
            connection-string = "{{snapshots}}"
            provider-name = "{{provider}}"
            auto-initialize = on
            {{(schema is null ? "" : $"default.schema-name = {schema}")}}
          }
        }
        """;
}
