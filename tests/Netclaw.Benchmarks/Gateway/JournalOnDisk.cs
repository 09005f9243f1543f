using Akka.Hosting;
using Akka.Persistence.Hosting;
using Akka.Persistence.Sql.Hosting;
using Microsoft.Extensions.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>An actor system on the product's journal in a home, without the daemon around it.</summary>
internal static class JournalOnDisk
{
    /// <returns>Started; whoever asked stops it and disposes of it.</returns>
    public static async Task<IHost> StartAsync(NetclawHome home)
    {
        Directory.CreateDirectory(home.StateDirectory);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddAkka("bench", akka => akka
            .WithCustomSerializer("netclaw", [typeof(JournalRecord)], system => new NetclawSerializer(system))
            .WithSqlPersistence($"Data Source={home.JournalDatabase}", "SQLite.MS", PersistenceMode.Journal)
            .WithSqlPersistence($"Data Source={home.SnapshotDatabase}", "SQLite.MS", PersistenceMode.SnapshotStore));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
