using System.Diagnostics;
using Netclaw.Daemon.Backups;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Backups;
using Netclaw.Daemon.Tests.Recovery;
using Netclaw.Protocol;
using Netclaw.Runtime.Contract.Persistence;
using Npgsql;

#pragma warning disable CA2100 // The tests damage their own database on purpose; no text here comes from outside.

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>A gateway on PostgreSQL with two devices, saved while it served: its keys by an archive, its journal by the pg_dump command that the archive's maker prints.</summary>
internal sealed class SavedDatabase : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly PostgresCluster _cluster;
    private readonly string _name;

    private SavedDatabase(PostgresCluster cluster, string name) => (_cluster, _name, Daemon) = (cluster, name, new DaemonOnPostgres(cluster, name));

    public DaemonOnPostgres Daemon { get; }

    public NetclawHome Home => Daemon.Home;

    public SigningKey Phone { get; } = SigningKey.Generate();

    public SigningKey Tablet { get; } = SigningKey.Generate();

    /// <summary>Beside the home, not in it.</summary>
    public string Archive => Home.Root + ".ncb";

    public string Dump => Path.ChangeExtension(Archive, ".dump");

    public static async Task<SavedDatabase> MakeAsync(string name)
    {
        var cluster = await PostgresCluster.Shared();
        await cluster.Execute($"CREATE DATABASE {name}");
        var saved = new SavedDatabase(cluster, name);
        await saved.Daemon.MustStartAsync();
        await using var owner = await saved.Daemon.OwnerAsync();
        await saved.Daemon.PairAsync(owner, "phone", saved.Phone);
        await saved.Daemon.PairAsync(owner, "tablet", saved.Tablet);
        await saved.SaveAsync();
        return saved;
    }

    /// <summary>Archive and dump anew.</summary>
    public async Task SaveAsync()
    {
        File.Delete(Archive);
        var made = (await SavedHome.OfflineAsync(Home, "backup-create", "--to", Archive)).Read(OfflineJson.Readable.BackupMade);
        await ShellAsync(made.Dump!);
    }

    /// <summary>The database is gone, and there is an empty one of its name. The daemon is down.</summary>
    public async Task LoseAsync()
    {
        await Daemon.StopAsync();
        NpgsqlConnection.ClearAllPools();
        await _cluster.Execute($"DROP DATABASE {_name} WITH (FORCE)");
        await _cluster.Execute($"CREATE DATABASE {_name}");
    }

    /// <summary>As docs/guides/postgresql.md says it.</summary>
    public Task PutBackAsync() => ShellAsync($"pg_restore --no-owner --exit-on-error --host={_cluster.Socket[.._cluster.Socket.LastIndexOf('/')]} --username=netclaw --dbname={_name} '{Dump}'");

    public async Task DoAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(_cluster.ConnectionString.Replace("Database=postgres", $"Database={_name}", StringComparison.Ordinal) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    public Task<OfflineSaid> PlanAsync() => SavedHome.OfflineAsync(Home, "backup-plan", "--file", Archive);

    public Task<OfflineSaid> RestoreAsync() => SavedHome.OfflineAsync(Home, "backup-restore", "--file", Archive);

    public async Task<Restored> MustRestoreAsync() => (await RestoreAsync()).Read(OfflineJson.Readable.Restored);

    public async Task ConfirmAsync(params SigningKey[] devices)
    {
        await using var owner = await Daemon.OwnerAsync();
        _ = await owner.CallAsync(
            DevicesConfirmParams.Method, new DevicesConfirmParams([.. devices.Select(device => device.Public.DeviceId)]), ProtocolJson.Default.DevicesConfirmParams, ProtocolJson.Default.DevicesConfirmResult, default)
            .WaitAsync(Patience);
    }

    public async Task RevokeAsync(SigningKey device)
    {
        await using var owner = await Daemon.OwnerAsync();
        _ = await owner.CallAsync(
            PairRemoveParams.Method, new PairRemoveParams(device.Public.DeviceId), ProtocolJson.Default.PairRemoveParams, ProtocolJson.Default.PairRemoveResult, default).WaitAsync(Patience);
    }

    /// <returns>Null: it was let in.</returns>
    public async Task<RefusalCode?> ConnectAsync(SigningKey device)
    {
        try
        {
            await (await Daemon.ConnectAsync(device)).DisposeAsync();
            return null;
        }
        catch (GatewayException e)
        {
            return e.Code;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Daemon.DisposeAsync();
        Phone.Dispose();
        Tablet.Dispose();
    }

    private static async Task ShellAsync(string command)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", command]) { RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["PATH"] = $"{PostgresCluster.Binaries}:{Environment.GetEnvironmentVariable("PATH")}";
        using var shell = Process.Start(start)!;
        var said = shell.StandardError.ReadToEndAsync();
        _ = await shell.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await shell.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(shell.ExitCode == 0, $"{command}\n{await said}");
    }
}
