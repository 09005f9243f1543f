using Akka.Actor;
using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Netclaw.Runtime.Contract.Persistence;

/// <summary>Journals as a host registers them.</summary>
public sealed class SqlHostingTests : IDisposable
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly string _directory = Directory.CreateTempSubdirectory("nchosting").FullName;

    [Fact]
    public async Task JournalAndSnapshots_MayLiveInSeparateDatabases()
    {
        void Register(AkkaConfigurationBuilder akka) => akka
            .WithSqlPersistence($"Data Source={_directory}/journal.db", "SQLite.MS", PersistenceMode.Journal, autoInitialize: true)
            .WithSqlPersistence($"Data Source={_directory}/snapshot.db", "SQLite.MS", PersistenceMode.SnapshotStore, autoInitialize: true);
        var protocol = new Protocol();

        await Hosted(Register, async system =>
        {
            var ledger = system.ActorOf(Ledger.Props("ledger", protocol));
            ledger.Tell(new Do(me => me.PutAll("a", "b")));
            await protocol.Skip("handled b #2");
            ledger.Tell(new Do(me => me.SaveSnapshot(new Noted("s"))));
            await protocol.Expect("saved #2");
            ledger.Tell(new Do(me => me.Put("c")));
            await protocol.Expect("handled c #3");
        });
        await protocol.Expect("stopped");
        await Hosted(Register, async system =>
        {
            system.ActorOf(Ledger.Props("ledger", protocol));
            await protocol.Expect("offered s #2", "recovered c #3", "completed #3");
        });

        Assert.True(File.Exists(Path.Combine(_directory, "snapshot.db")));
    }

    [Fact]
    public async Task Options_MayBeSetByCode()
    {
        var protocol = new Protocol();
        await Hosted(
            akka => akka.WithSqlPersistence(
                journal =>
                {
                    journal.ConnectionString = $"Data Source={_directory}/one.db";
                    journal.ProviderName = "SQLite.MS";
                },
                snapshots =>
                {
                    snapshots.ConnectionString = $"Data Source={_directory}/two.db";
                    snapshots.ProviderName = "SQLite.MS";
                }),
            async system =>
            {
                system.ActorOf(Ledger.Props("ledger", protocol)).Tell(new Do(me => me.Put("a")));
                await protocol.Expect("completed #0", "handled a #1");
            });
    }

    [Fact]
    public async Task InMemoryPlugins_AreRegisteredAsDefaults()
    {
        var protocol = new Protocol();
        await Hosted(
            akka => akka.WithInMemoryJournal().WithInMemorySnapshotStore(),
            async system =>
            {
                var ledger = system.ActorOf(Ledger.Props("ledger", protocol));
                ledger.Tell(new Do(me => me.Put("a")));
                ledger.Tell(new Do(me => me.SaveSnapshot(new Noted("s"))));
                await protocol.Expect("completed #0", "handled a #1", "saved #1");
            });
    }

    [Fact]
    public async Task Serializers_MayBeGivenByCode()
    {
        var made = 0;
        await Hosted(
            akka => akka.WithCustomSerializer("mine", [typeof(IFormattable)], system =>
            {
                made++;
                return new NotedSerializer(system);
            }),
            system =>
            {
                Assert.IsType<NotedSerializer>(system.Serialization.FindSerializerForType(typeof(DateTime)));
                Assert.IsType<NotedSerializer>(system.Serialization.FindSerializerForType(typeof(Noted)));
                return Task.CompletedTask;
            });

        Assert.Equal(1, made);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task Hosted(Action<AkkaConfigurationBuilder> register, Func<ActorSystem, Task> test)
    {
        using var host = new HostBuilder()
            .ConfigureServices(services => services.AddAkka("hosted", akka =>
            {
                akka.AddHocon(NotedSerializer.Hocon, HoconAddMode.Append);
                register(akka);
            }))
            .Build();
        await host.StartAsync().WaitAsync(Longest);
        await test(host.Services.GetRequiredService<ActorSystem>());
        await host.StopAsync().WaitAsync(Longest);
    }
}
