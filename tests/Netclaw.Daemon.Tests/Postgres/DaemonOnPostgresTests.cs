using Netclaw.Protocol;
using Netclaw.Runtime.Contract.Persistence;

namespace Netclaw.Daemon.Tests.Postgres;

/// <summary>The whole daemon on a real PostgreSQL: what it keeps, who may hold it, and what happens when the server is away.</summary>
public sealed class DaemonOnPostgresTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [PostgresFact]
    public async Task Pairing_OutlivesTheDaemon_WithoutAFileOfTheJournalInTheHome()
    {
        await using var daemon = await NewAsync("outlives");
        await daemon.MustStartAsync();
        DeviceId device;
        await using (var owner = await daemon.OwnerAsync())
        {
            device = await daemon.PairAsync(owner, "phone");
            Assert.Equal(("PostgreSQL", true), await JournalAsync(owner));
        }

        await daemon.StopAsync();
        await daemon.MustStartAsync();

        await using var again = await daemon.OwnerAsync();
        Assert.Contains(device, await daemon.PairedAsync(again));
        Assert.False(File.Exists(daemon.Home.JournalDatabase));
        Assert.DoesNotContain(DaemonOnPostgres.Canary, daemon.Log(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task SecondDaemon_OfAnotherHome_IsRefusedAndToldWhoHoldsTheDatabase()
    {
        var cluster = await PostgresCluster.Shared();
        await cluster.Execute("CREATE DATABASE contested");
        await using var first = new DaemonOnPostgres(cluster, "contested");
        await using var second = new DaemonOnPostgres(cluster, "contested");
        await first.MustStartAsync();

        var refusal = await second.StartAsync();

        Assert.Contains("lock_held", refusal, StringComparison.Ordinal);
        Assert.Contains($"netclawd {Environment.MachineName} pid {Environment.ProcessId}", refusal, StringComparison.Ordinal);
        Assert.DoesNotContain(DaemonOnPostgres.Canary, refusal + second.Log(), StringComparison.Ordinal);
        Assert.Equal(200, (await first.ReadyAsync()).Status);
    }

    [PostgresFact]
    public async Task Database_ThatIsEmpty_IsRefusedByAGatewayThatWasInUse()
    {
        var cluster = await PostgresCluster.Shared();
        await cluster.Execute("CREATE DATABASE lost");
        await using var daemon = new DaemonOnPostgres(cluster, "lost");
        await daemon.MustStartAsync();
        await daemon.StopAsync();
        Npgsql.NpgsqlConnection.ClearAllPools();
        await cluster.Execute("DROP DATABASE lost WITH (FORCE)");
        await cluster.Execute("CREATE DATABASE lost");

        Assert.Contains("journal_rolled_back", await daemon.StartAsync(), StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task LeaseOfADaemonThatStopped_IsFree()
    {
        var cluster = await PostgresCluster.Shared();
        await cluster.Execute("CREATE DATABASE handed_on");
        await using var daemon = new DaemonOnPostgres(cluster, "handed_on");
        await daemon.MustStartAsync();
        await daemon.StopAsync();

        await daemon.MustStartAsync();
    }

    [PostgresFact]
    public async Task Server_ThatGoesAway_LeavesReadsAndRefusesChanges_UntilItIsBack()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var daemon = new DaemonOnPostgres(cluster, "postgres");
        await daemon.MustStartAsync();
        await using var owner = await daemon.OwnerAsync();
        var before = await daemon.PairAsync(owner, "before");
        var lost = daemon.Health.Failed;

        await cluster.Stop();
        var refused = await Assert.ThrowsAsync<GatewayException>(() => daemon.PairAsync(owner, "meanwhile"));
        await lost.WaitAsync(Patience);

        Assert.Equal(RefusalCode.JournalUnavailable, refused.Code);
        var (status, body) = await daemon.ReadyAsync();
        Assert.Equal(503, status);
        Assert.Contains("journal", body, StringComparison.Ordinal);
        Assert.Equal(("PostgreSQL", false), await JournalAsync(owner));
        Assert.Contains(before, await daemon.PairedAsync(owner));
        Assert.Equal(RefusalCode.JournalUnavailable, (await Assert.ThrowsAsync<GatewayException>(() => daemon.PairAsync(owner, "still"))).Code);

        await cluster.StartAgain();
        await daemon.BecomesReadyAsync();

        var after = await daemon.PairAsync(owner, "after");
        Assert.Equal(("PostgreSQL", true), await JournalAsync(owner));
        Assert.Superset(new HashSet<DeviceId> { before, after }, await daemon.PairedAsync(owner));
        await daemon.StopAsync();
        Assert.DoesNotContain(DaemonOnPostgres.Canary, daemon.Log() + body + refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Conversations_AreThereAgain_WhenTheServerIs()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var daemon = new DaemonOnPostgres(cluster, "postgres");
        await daemon.MustStartAsync();
        await using var owner = await daemon.OwnerAsync();
        Assert.Null((await SayAsync(owner, "before")).Error);
        var lost = daemon.Health.Failed;

        await cluster.Stop();
        Assert.Equal("journal_unavailable", (await SayAsync(owner, "meanwhile")).Error!.Code);
        await lost.WaitAsync(Patience);
        Assert.Equal("journal_unavailable", (await SayAsync(owner, "still")).Error!.Code);

        await cluster.StartAgain();
        await daemon.BecomesReadyAsync();
        Assert.Equal(2, (await SayAsync(owner, "after")).Payload!.Value.GetProperty("messageSeq").GetInt32());
        var history = await owner.CallAsync("chat.history", System.Text.Json.JsonElement.Parse("""{"sessionKey":"main"}"""), default);
        Assert.Equal(["before", "after"], history.Payload!.Value.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content")[0].GetProperty("text").GetString()));
        await daemon.StopAsync();

        static Task<CallResponse> SayAsync(GatewayConnection owner, string text) =>
            owner.CallAsync("chat.inject", System.Text.Json.JsonElement.Parse($$"""{"sessionKey":"main","message":"{{text}}"}"""), default).WaitAsync(Patience);
    }

    [PostgresFact]
    public async Task Jobs_AreThereAgain_AndRun_WhenTheServerIs()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var daemon = new DaemonOnPostgres(cluster, "postgres");
        await daemon.MustStartAsync();
        await using var owner = await daemon.OwnerAsync();
        using var read = new CancellationTokenSource(Patience);
        CallResponse added;
        while ((added = await CallAsync("cron.add", Job("before"))).Error?.Code == "gateway_starting")
        {
            await Task.Delay(20, read.Token); // the jobs are read beside the registry, and may come after it
        }

        var id = added.Payload!.Value.GetProperty("id").GetString();
        var lost = daemon.Health.Failed;

        await cluster.Stop();
        Assert.Equal("journal_unavailable", (await CallAsync("cron.add", Job("meanwhile"))).Error!.Code);
        await lost.WaitAsync(Patience);
        Assert.Equal("journal_unavailable", (await CallAsync("cron.run", $$"""{"id":"{{id}}"}""")).Error!.Code);
        Assert.Equal(1, (await CallAsync("cron.list", "{}")).Payload!.Value.GetProperty("total").GetInt32());

        await cluster.StartAgain();
        await daemon.BecomesReadyAsync();
        Assert.True((await CallAsync("cron.run", $$"""{"id":"{{id}}"}""")).Ok);
        using var bound = new CancellationTokenSource(Patience);
        while ((await CallAsync("cron.runs", $$"""{"id":"{{id}}"}""")).Payload!.Value.GetProperty("total").GetInt32() == 0)
        {
            await Task.Delay(20, bound.Token);
        }

        var jobs = (await CallAsync("cron.list", "{}")).Payload!.Value.GetProperty("jobs").EnumerateArray();
        Assert.Equal("before", Assert.Single(jobs).GetProperty("name").GetString());
        await daemon.StopAsync();

        Task<CallResponse> CallAsync(string method, string parameters) => owner.CallAsync(method, System.Text.Json.JsonElement.Parse(parameters), default).WaitAsync(Patience);

        static string Job(string name) =>
            $$"""{ "name": "{{name}}", "schedule": { "kind": "cron", "expr": "0 9 1 1 *" }, "sessionTarget": "main", "wakeMode": "now", "payload": { "kind": "systemEvent", "text": "tea" } }""";
    }

    [PostgresFact]
    public async Task Connections_CutByTheServer_AreMadeAnew()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var daemon = new DaemonOnPostgres(cluster, "postgres");
        await daemon.MustStartAsync();
        await using var owner = await daemon.OwnerAsync();
        var before = await daemon.PairAsync(owner, "before");
        var lost = daemon.Health.Failed;

        await cluster.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()");
        await lost.WaitAsync(Patience);
        await daemon.BecomesReadyAsync();

        var after = await daemon.PairAsync(owner, "after");
        Assert.Superset(new HashSet<DeviceId> { before, after }, await daemon.PairedAsync(owner));
    }

    [PostgresFact]
    public async Task Database_TakenByAnotherDaemonMeanwhile_StaysReadOnlyAndSaysSo()
    {
        await using var cluster = await PostgresCluster.Start();
        await using var daemon = new DaemonOnPostgres(cluster, "postgres");
        await daemon.MustStartAsync();
        await using var thief = new Npgsql.NpgsqlConnection(cluster.ConnectionString + ";Application Name=thief");
        await thief.OpenAsync();
        var lost = daemon.Health.Failed;

        // Waits for the lock before it is free, so that it is the next to have it.
        await using var wait = new Npgsql.NpgsqlCommand("SELECT pg_advisory_lock(4207, 2)", thief);
        var taken = wait.ExecuteNonQueryAsync();
        await cluster.Execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'netclawd%'");
        await taken.WaitAsync(Patience);
        await lost.WaitAsync(Patience);

        Assert.Equal(503, (await daemon.ReadyAsync()).Status);
        await using var owner = await daemon.OwnerAsync();
        Assert.Equal(RefusalCode.JournalUnavailable, (await Assert.ThrowsAsync<GatewayException>(() => daemon.PairAsync(owner, "refused"))).Code);

        await thief.CloseAsync();
        Npgsql.NpgsqlConnection.ClearPool(thief);
        await daemon.BecomesReadyAsync();
        await daemon.PairAsync(owner, "accepted");
    }

    private static async Task<DaemonOnPostgres> NewAsync(string database)
    {
        var cluster = await PostgresCluster.Shared();
        await cluster.Execute($"CREATE DATABASE {database}");
        return new DaemonOnPostgres(cluster, database);
    }

    private static async Task<(string Provider, bool Healthy)> JournalAsync(GatewayConnection owner)
    {
        var status = await owner.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, default);
        return (status.Journal.Provider, status.Journal.Healthy);
    }
}
