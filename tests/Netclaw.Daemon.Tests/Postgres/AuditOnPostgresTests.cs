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

    /// <summary>Nothing is known to be wrong with the journal: nobody is sent to a backup or a reset.</summary>
    [PostgresFact]
    public async Task AServerThatDoesNotAnswer_IsSaidToBeAway_AndNothingElse()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var daemon = new DaemonOnPostgres(cluster, "postgres");
        await daemon.MustStartAsync();
        await daemon.StopAsync();
        await cluster.Stop();

        var check = (await CheckAsync(daemon.Home)).GetProperty("firstBad");
        Assert.Equal(("journal_unavailable", "away"), (check.GetProperty("code").GetString(), check.GetProperty("kind").GetString()));
        Assert.Contains("does not answer", check.GetProperty("seen").GetString(), StringComparison.Ordinal);
        foreach (var seen in (string[])[await daemon.StartAsync(), await PlanAsync(daemon.Home)])
        {
            Assert.DoesNotContain("backup restore", seen, StringComparison.Ordinal);
            Assert.DoesNotContain("full-reset", seen, StringComparison.Ordinal);
        }

        Assert.Contains("\"netclaw up\"", await PlanAsync(daemon.Home), StringComparison.Ordinal);
        Assert.StartsWith("netclawd does not start: 1 problem.\n\njournal_unavailable", await daemon.StartAsync(), StringComparison.Ordinal);
        await cluster.StartAgain();
        await daemon.MustStartAsync();
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

    private static async Task<JsonElement> CheckAsync(NetclawHome home) => JsonSerializer.Deserialize<JsonElement>(await SaidAsync("journal-check", home));

    private static Task<string> PlanAsync(NetclawHome home) => SaidAsync("recover-plan", home);

    private static async Task<string> SaidAsync(string verb, NetclawHome home)
    {
        using var output = new MemoryStream();
        var errors = "";
        await OfflineHost.RunAsync([verb, "--home", home.Root, "--json"], _ => null, new FixedMachine().Facts, Stream.Null, output, said => errors += said, CancellationToken.None);
        Assert.Equal("", errors);
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
