using System.Globalization;
using Akka.Actor;
using Akka.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Journal.Auditing;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Journal.Auditing;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Start;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

#pragma warning disable CA2100 // The tests damage their own database on purpose; no text here comes from outside.

namespace Netclaw.Daemon.Tests.Journal;

/// <summary>A home with a real SQLite journal of two chains, every kind of record in each, and its mark; it can be tampered with, looked at, and read as a start reads it.</summary>
internal sealed class LedgerHome : IAsyncDisposable
{
    public const string First = DeviceRegistryActor.Id;
    public const string Second = "second-ledger";

    private readonly TemporaryHome _temporary = new();
    private readonly StartProblems _problems = new();
    private readonly IHost _host;
    private int _started;

    private LedgerHome()
    {
        HomeDirectories.Prepare(Home, _problems);
        Keys = new KeyringLoader(Home, _problems).Open("attic") ?? throw new InvalidOperationException(StartReport.Render(_problems, asJson: false));
        Assert.True(SqliteFiles.Prepare(Home.JournalDatabase, _problems) && SqliteFiles.Prepare(Home.SnapshotDatabase, _problems));
        _host = HostOf(Home);
    }

    public static IReadOnlyDictionary<string, StoredKinds> Kinds { get; } =
        new Dictionary<string, StoredKinds> { [First] = StoredKinds.Of(new RegistryCodec()), [Second] = StoredKinds.Of(new RegistryCodec()) };

    public NetclawHome Home => _temporary.Home;

    public Keyring Keys { get; }

    public JournalAuditor Auditor => new(Home, null, Keys.Journal, Keys.Mark, Kinds);

    /// <summary>One of every kind that has a golden form.</summary>
    public static RegistryEvent[] Events { get; } = [.. RegistryCodec.Manifests
        .Select(manifest => (Manifest: manifest, File: Path.Combine(DocumentedPages.Root, "tests", "Netclaw.Actors.Tests", "Devices", "Golden", manifest + ".json")))
        .Where(each => File.Exists(each.File)).Select(each => new RegistryCodec().DecodeEvent(each.Manifest, File.ReadAllBytes(each.File)))];

    private ActorSystem System => _host.Services.GetRequiredService<ActorSystem>();

    /// <param name="snapshotAfter">Events of the first chain before its snapshot; 0: none.</param>
    /// <param name="step">After each write, with the number of records of the first chain.</param>
    public static async Task<LedgerHome> WriteAsync(int snapshotAfter = 0, Action<LedgerHome, int>? step = null)
    {
        var home = new LedgerHome();
        await home._host.StartAsync();
        foreach (var (id, events) in ((string, RegistryEvent[])[])[(Second, Events[..5]), (First, Events)])
        {
            var health = new JournalHealth();
            var ledger = home.Begin(id, health, out _);
            for (var i = 0; i < events.Length; i++)
            {
                await ledger.Ask<string>(new[] { events[i] }).WaitAsync(GatewayHost.Bound);
                if (id == First && i + 1 == snapshotAfter)
                {
                    await ledger.Ask<string>(new Ledger.Snapshot()).WaitAsync(GatewayHost.Bound);
                }

                if (id == First)
                {
                    step?.Invoke(home, i + 1);
                }
            }

            home.Keys.Advance(health.Writers.Heads);
            await ledger.GracefulStop(GatewayHost.Bound);
        }

        return home;
    }

    /// <summary>As the daemon starts: compared with the mark, then both chains recovered.</summary>
    /// <returns>The place it is refused for; null: it starts.</returns>
    public async Task<JournalFault?> StartAsync()
    {
        if (Auditor.Compare() is { } seen)
        {
            return seen;
        }

        foreach (var id in (string[])[First, Second])
        {
            var health = new JournalHealth();
            var ledger = Begin(id, health, out var recovered);
            var refused = await Task.WhenAny(recovered, health.Failed).WaitAsync(GatewayHost.Bound) == health.Failed;
            await ledger.GracefulStop(GatewayHost.Bound);
            if (refused)
            {
                var failure = await health.Failed;
                return Auditor.FirstBad() ?? new JournalFault(FaultKind.Unreadable, failure.PersistenceId, failure.Sequence, failure.Cause);
            }
        }

        return null;
    }

    /// <summary>Whether a process that has just been started recovers both chains of these files, and how many events of them; null: it is refused.</summary>
    public static async Task<int?> RecoveredAnewAsync(NetclawHome files, JournalKeys keys)
    {
        var problems = new StartProblems();
        if (!SqliteFiles.Prepare(files.JournalDatabase, problems) || !SqliteFiles.Prepare(files.SnapshotDatabase, problems))
        {
            return null;
        }

        using var host = HostOf(files);
        await host.StartAsync();
        var events = 0;
        foreach (var id in (string[])[First, Second])
        {
            var health = new JournalHealth();
            var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            var parts = new JournalParts { Keys = keys, Health = health, Time = TimeProvider.System };
            host.Services.GetRequiredService<ActorSystem>().ActorOf(Ledger.Props(id, parts, done), id);
            if (await Task.WhenAny(done.Task, health.Failed).WaitAsync(GatewayHost.Bound) == health.Failed)
            {
                await host.StopAsync();
                return null;
            }

            events += await done.Task;
        }

        await host.StopAsync();
        return events;
    }

    public JournalAuditResult Audit() => Auditor.Audit().Result;

    public List<StoredRecord> Records()
    {
        using var rows = SqliteRows.Open(Home);
        return [.. rows.Records()];
    }

    public List<StoredSnapshotRecord> Snapshots()
    {
        using var rows = SqliteRows.Open(Home);
        return [.. rows.Snapshots()];
    }

    /// <summary>The journal's table holds these rows and nothing else. False where the table's own rules refuse them.</summary>
    public bool Put(IEnumerable<StoredRecord> records) => Put(Home.JournalDatabase, "journal", records.Select(record => (
        "INSERT INTO journal (ordering, persistence_id, sequence_number, deleted, message, manifest, identifier, created, writer_uuid) VALUES ($0, $1, $2, $3, $4, $5, $6, $7, $8)",
        (object[])[record.Ordering, record.PersistenceId, record.Sequence, record.Deleted, record.Message.ToArray(), record.Manifest, record.Identifier, record.Created, record.WriterUuid])));

    public bool Put(IEnumerable<StoredSnapshotRecord> snapshots) => Put(Home.SnapshotDatabase, "snapshot", snapshots.Select(snapshot => (
        "INSERT INTO snapshot (persistence_id, sequence_number, created, snapshot, manifest, serializer_id) VALUES ($0, $1, $2, $3, $4, $5)",
        (object[])[snapshot.PersistenceId, snapshot.Sequence, snapshot.Created, snapshot.Snapshot.ToArray(), snapshot.Manifest, snapshot.Identifier])));

    /// <summary>The journal as one file, nothing beside it.</summary>
    public byte[] Copy()
    {
        var copy = Path.Combine(_temporary.Parent, "copy.db");
        File.Delete(copy);
        using (var connection = Open(Home.JournalDatabase))
        {
            using var command = connection.CreateCommand();
            command.CommandText = $"VACUUM INTO '{copy}'";
            command.ExecuteNonQuery();
        }

        return File.ReadAllBytes(copy);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
        Keys.Dispose();
        _temporary.Dispose();
    }

    private IActorRef Begin(string id, JournalHealth health, out Task<int> recovered)
    {
        var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        recovered = done.Task;
        var parts = new JournalParts { Keys = Keys.Journal, Health = health, Time = TimeProvider.System };
        return System.ActorOf(Ledger.Props(id, parts, done), string.Create(CultureInfo.InvariantCulture, $"{id}-{++_started}"));
    }

    private static IHost HostOf(NetclawHome home)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddAkka("ledger", akka => akka.ConfigureLoggers(loggers => loggers.ClearLoggers()).WithNetclawJournal(home, null));
        return builder.Build();
    }

    private static SqliteConnection Open(string path)
    {
        SqliteProvider.Use();
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        return connection;
    }

    private static bool Put(string path, string table, IEnumerable<(string Sql, object[] Values)> rows)
    {
        using var connection = Open(path);
        using var command = connection.CreateCommand();
        command.CommandText = $"PRAGMA synchronous = OFF; BEGIN; DELETE FROM {table}";
        command.ExecuteNonQuery();
        try
        {
            foreach (var (sql, values) in rows)
            {
                command.CommandText = sql;
                command.Parameters.Clear();
                for (var i = 0; i < values.Length; i++)
                {
                    command.Parameters.AddWithValue(string.Create(CultureInfo.InvariantCulture, $"${i}"), values[i]);
                }

                command.ExecuteNonQuery();
            }
        }
        catch (SqliteException)
        {
            return false;
        }

        command.Parameters.Clear();
        command.CommandText = "COMMIT";
        command.ExecuteNonQuery();
        return true;
    }
}
