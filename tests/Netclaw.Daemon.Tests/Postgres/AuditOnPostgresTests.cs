using System.Text;
using System.Text.Json;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Offline;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Protocol;
using Netclaw.Runtime.Contract.Persistence;
using Npgsql;

#pragma warning disable CA2100 // The tests damage their own database on purpose; no text here comes from outside.

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>The journal in a database: read beside the daemon, compared with the mark, and named by place.</summary>
public sealed class AuditOnPostgresTests
{
    [PostgresFact]
    public async Task Database_IsReadBesideTheDaemon_AndWhatWasDoneToItIsNamed()
    {
        var cluster = await PostgresCluster.Shared();
        await cluster.Execute("CREATE DATABASE audited");
        await using var daemon = new DaemonOnPostgres(cluster, "audited");
        await daemon.MustStartAsync();
        await using (var owner = await daemon.OwnerAsync())
        {
            await daemon.PairAsync(owner, "phone");
        }

        var beside = await CheckAsync(daemon.Home);
        Assert.True(beside.GetProperty("sound").GetBoolean(), beside.ToString());
        var last = beside.GetProperty("chains")[0].GetProperty("last").GetInt64();
        Assert.True(last >= 4, beside.ToString());
        await daemon.StopAsync();
        NpgsqlConnection.ClearAllPools();
        last = (await CheckAsync(daemon.Home)).GetProperty("chains")[0].GetProperty("last").GetInt64();

        // One bit of one record.
        await DoAsync(cluster, "UPDATE journal SET message = set_byte(message, length(message) - 3, get_byte(message, length(message) - 3) # 1) WHERE sequence_number = 3");
        Assert.Equal(("journal_unreadable", 3L), Bad(await CheckAsync(daemon.Home)));
        var refused = await daemon.StartAsync();
        Assert.Contains("device-registry, record 3", refused, StringComparison.Ordinal);
        await DoAsync(cluster, "UPDATE journal SET message = set_byte(message, length(message) - 3, get_byte(message, length(message) - 3) # 1) WHERE sequence_number = 3");
        Assert.True((await CheckAsync(daemon.Home)).GetProperty("sound").GetBoolean());

        // Its end, and nothing that would say so from within.
        await DoAsync(cluster, $"DELETE FROM journal WHERE sequence_number = {last}; DELETE FROM snapshot");
        Assert.Equal(("journal_rolled_back", last), Bad(await CheckAsync(daemon.Home)));
        refused = await daemon.StartAsync();
        Assert.Contains("journal_rolled_back", refused, StringComparison.Ordinal);
        Assert.Contains($"device-registry, record {last}", refused, StringComparison.Ordinal);
    }

    private static (string? Code, long Sequence) Bad(JsonElement check) =>
        (check.GetProperty("firstBad").GetProperty("code").GetString(), check.GetProperty("firstBad").GetProperty("sequence").GetInt64());

    private static async Task DoAsync(PostgresCluster cluster, string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString.Replace("Database=postgres", "Database=audited", StringComparison.Ordinal) + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    private static async Task<JsonElement> CheckAsync(NetclawHome home)
    {
        using var output = new MemoryStream();
        var errors = "";
        await OfflineHost.RunAsync(["journal-check", "--home", home.Root, "--json"], _ => null, new FixedMachine().Facts, Stream.Null, output, said => errors += said, CancellationToken.None);
        Assert.Equal("", errors);
        return JsonSerializer.Deserialize<JsonElement>(Encoding.UTF8.GetString(output.ToArray()));
    }
}
