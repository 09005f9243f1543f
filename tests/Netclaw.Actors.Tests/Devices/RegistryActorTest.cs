using Akka.Actor;
using Akka.Configuration;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>The registry's actor on a real SQLite journal of its own, with virtual time. It can be stopped and started again on the same data.</summary>
public abstract class RegistryActorTest : TestKit
{
    protected static readonly TimeSpan Longest = TimeSpan.FromSeconds(20);

    private static readonly byte[] RootKey = [.. Enumerable.Range(1, JournalKeys.RootBytes).Select(i => (byte)i)];

    private readonly string _directory;
    private int _started;

    protected RegistryActorTest() : this(Directory.CreateTempSubdirectory("ncregistry").FullName)
    {
    }

    private RegistryActorTest(string directory) : base(Settings(directory))
    {
        _directory = directory;
        Clock = new TestClock(TestRegistry.Start).Attach(Sys);
        Asker = CreateTestProbe();
    }

    internal TestClock Clock { get; }

    internal TestProbe Asker { get; }

    internal RegistryView View { get; private set; } = new();

    internal JournalHealth Health { get; private set; } = new();

    internal LiveSessions Live { get; } = new();

    internal RegistryOptions Options { get; set; } = new();

    internal ProbeOfDurability Probe { get; } = new();

    internal IActorRef Registry { get; private set; } = ActorRefs.Nobody;

    internal new DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>As a process that starts: nothing but the journal is left of the one before.</summary>
    internal IActorRef Start(JournalKeys? keys = null)
    {
        View = new RegistryView();
        Health = new JournalHealth();
        return Begin(keys);
    }

    /// <summary>As a process that reads its journal anew: it remembers what it knew.</summary>
    internal IActorRef Again(JournalHealth? health = null, RegistryView? view = null)
    {
        (Health, View) = (health ?? Health, view ?? View);
        if (Health.Writers.Living.Length > 0)
        {
            Stop();
        }

        return Begin(null);
    }

    private IActorRef Begin(JournalKeys? keys)
    {
        Registry = Sys.ActorOf(DeviceRegistryActor.Props(Parts(keys)), $"registry-{++_started}");
        Watch(Registry);
        return Registry;
    }

    internal RegistryParts Parts(JournalKeys? keys = null) => new()
    {
        Journal = new JournalParts { Keys = keys ?? new JournalKeys(RootKey), Health = Health, Time = Clock, Probe = Probe },
        View = View, Live = Live, Log = NullLogger.Instance, Options = Options,
    };

    internal void Stop()
    {
        Registry.Tell(StopRegistry.Instance);
        ExpectTerminated(Registry, Longest);
    }

    internal void Tell(params RegistryCommand[] commands)
    {
        foreach (var command in commands)
        {
            Registry.Tell(command, Asker.Ref);
        }
    }

    internal T Do<T>(RegistryCommand command) where T : RegistryReply
    {
        Tell(command);
        return Answer<T>();
    }

    internal T Answer<T>() where T : RegistryReply => Asker.ExpectMsg<T>(Longest);

    internal RegistrySnapshot Current => View.Current ?? throw new InvalidOperationException("the registry has not recovered");

    /// <summary>Pairs a device by code, in three writes.</summary>
    internal Device Pair(int device, string symbols, string name = "phone")
    {
        Do<RegistryReply.CodeMinted>(TestRegistry.MintCode(1, Now, symbols));
        Do<RegistryReply.CodeBegun>(new RegistryCommand.BeginCode(2, Now, TestRegistry.Code(symbols)));
        return Do<RegistryReply.Paired>(TestRegistry.RedeemCode(3, Now, TestRegistry.Code(symbols), device, name)).Device;
    }

#pragma warning disable CA2100 // The tests damage their own database on purpose; no text here comes from outside.
    internal int Sql(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory}/{database}.db;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteNonQuery();
    }

    internal long Count(string database, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_directory}/{database}.db;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
#pragma warning restore CA2100

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (Directory.Exists(_directory))
        {
            Directory.Delete(_directory, recursive: true);
        }
    }

    private static Config Settings(string directory) => ConfigurationFactory.ParseString($$"""
        akka.loglevel = OFF
        akka.stdout-loglevel = OFF
        akka.actor {
          serializers.netclaw = "Netclaw.Actors.Journal.NetclawSerializer, Netclaw.Actors"
          serialization-bindings { "Netclaw.Actors.Journal.JournalRecord, Netclaw.Actors" = netclaw }
        }
        akka.persistence.journal {
          plugin = "akka.persistence.journal.sql"
          sql {
            class = "Akka.Persistence.Sql.Journal.SqlWriteJournal, Akka.Persistence.Sql"
            connection-string = "Data Source={{directory}}/journal.db"
            provider-name = "SQLite.MS"
            auto-initialize = on
          }
        }
        akka.persistence.snapshot-store {
          plugin = "akka.persistence.snapshot-store.sql"
          sql {
            class = "Akka.Persistence.Sql.Snapshot.SqlSnapshotStore, Akka.Persistence.Sql"
            connection-string = "Data Source={{directory}}/snapshot.db"
            provider-name = "SQLite.MS"
            auto-initialize = on
          }
        }
        """).WithFallback(TestConfigs.TestSchedulerConfig);
}
