using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Daemon.Tests.Secrets;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary>Runs own no jobs, and what a job's command was lent ends with it.</summary>
public sealed class CronOwnerTests(CronHost host) : IClassFixture<CronHost>
{
    private const string Yearly = """{"kind":"cron","expr":"0 9 1 1 *"}""";

    private static readonly JsonObject Reminder = CronHost.Job(Yearly, """{"kind":"systemEvent","text":"tea is ready"}""");

    [Fact]
    public async Task ARun_AddsAndChangesNoJob_WhateverItsScopes()
    {
        await using var owner = await Peer.OperatorAsync(host.Gateway, native: true);
        var id = (await owner.GetAsync("cron.add", Reminder.DeepClone())).GetProperty("id").GetString()!;
        var scheduler = new Principal(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "scheduler");
        var minted = Assert.IsType<SpawnMint.Minted>(host.Gateway.Service<SpawnCredentials>().Mint(new SpawnRequest(RunId.New(), scheduler, ScopeSet.All, TimeSpan.FromMinutes(5), UserId.Current)));
        var (run, _) = await host.Gateway.InAsync(Spawned(minted.Credential), host.Gateway.Control);
        await using var _ = run;

        Assert.Equal("cron_not_for_runs", (await CallAsync(run, "cron.add", Reminder)).Error!.Code);
        Assert.Equal("cron_not_for_runs", (await CallAsync(run, "cron.update", new JsonObject { ["id"] = id, ["patch"] = new JsonObject { ["name"] = "mine" } })).Error!.Code);
        Assert.True((await CallAsync(run, "cron.get", CronHost.Named(id))).Ok);
        Assert.True((await CallAsync(run, "cron.remove", CronHost.Named(id))).Ok);
    }

    [Fact]
    public async Task ACommand_ReachesTheGateway_WhileItRuns_AndNotAfterwards()
    {
        var folder = Directory.CreateTempSubdirectory("nc-cron-");
        try
        {
            await using var owner = await Peer.OperatorAsync(host.Gateway, native: true);
            var script = $"printf %s \"$NETCLAW_TOKEN\" > {folder.FullName}/t; mv {folder.FullName}/t {folder.FullName}/token; while [ ! -e {folder.FullName}/go ]; do sleep 0.05; done";
            var added = await owner.GetAsync("cron.add", CronHost.Job(Yearly, $$"""{"kind":"command","argv":["sh","-c",{{JsonSerializer.Serialize(script)}}]}"""));
            var id = added.GetProperty("id").GetString()!;
            await owner.GetAsync("cron.run", CronHost.Named(id));
            var token = new Secret(await ReadAsync(Path.Combine(folder.FullName, "token")));

            var who = await host.Gateway.WhoAsync(Spawned(token), host.Gateway.Control);
            Assert.Equal(("spawn", ScopeSet.ReadWrite), (who.Method, who.Scopes));
            Assert.Equal("missing_scope", (await host.Gateway.RefusalAsync(Spawned(token) with { Scopes = ScopeSet.All }, host.Gateway.Control)).Code);
            var (inside, _) = await host.Gateway.InAsync(Spawned(token), host.Gateway.Control);
            await using var _ = inside;

            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "go"), "");
            Assert.Equal("ok", (await CronHost.HearsAsync(owner, id, "finished")).GetProperty("status").GetString());
            Assert.Equal("spawn_credential_expired", (await inside.Closed.WaitAsync(GatewayHost.Bound)).Error.Code);
            Assert.Equal("spawn_credential_expired", (await host.Gateway.RefusalAsync(Spawned(token), host.Gateway.Control)).Code);
            Assert.Equal("spawn_credential_expired", (await host.Gateway.RefusalAsync(Spawned(token))).Code);
            Assert.DoesNotContain(token.Reveal(), (await owner.GetAsync("cron.runs", CronHost.Named(id))).GetRawText(), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task ACommandWithEmptyScopes_GetsNoCredential()
    {
        await using var owner = await Peer.OperatorAsync(host.Gateway, native: true);
        var added = await owner.GetAsync("cron.add", CronHost.Job(Yearly, """{"kind":"command","argv":["sh","-c","echo [$NETCLAW_TOKEN$NETCLAW_URL]"]}""", ",\"scopes\":[]"));
        var id = added.GetProperty("id").GetString()!;
        await owner.GetAsync("cron.run", CronHost.Named(id));
        var ended = await CronHost.HearsAsync(owner, id, "finished");

        Assert.True(ended.GetProperty("status").GetString() == "ok", ended.GetRawText());
        Assert.Equal("[]\n", (await owner.GetAsync("cron.runs", CronHost.Named(id))).GetProperty("entries")[0].GetProperty("summary").GetString());
    }

    [Fact]
    public async Task AJobOfARevokedDevice_StartsNothing_AndIsDisabledAsOneThatFails()
    {
        using var tablet = new TestDevice("tablet");
        await tablet.PairAsync(host.Gateway);
        await using var owner = await Peer.OperatorAsync(host.Gateway, native: true);
        await owner.GetAsync("device.scopes.set", new JsonObject { ["deviceId"] = tablet.Id.ToString(), ["scopes"] = new JsonArray("operator.admin") });
        var trace = Path.Combine(host.Gateway.Home.Root, "trace-of-the-tablet");
        string id;
        await using (var connection = await tablet.ConnectAsync(host.Gateway))
        {
            var job = CronHost.Job(Yearly, $$"""{"kind":"command","argv":["touch","{{trace}}"]}""", ",\"policy\":{\"disableAfter\":1}");
            id = (await CallAsync(connection, "cron.add", job)).Payload!.Value.GetProperty("id").GetString()!;
        }

        await owner.GetAsync("cron.run", CronHost.Named(id));
        Assert.Equal("ok", (await CronHost.HearsAsync(owner, id, "finished")).GetProperty("status").GetString());
        File.Delete(trace);
        await owner.GetAsync("device.pair.remove", new JsonObject { ["deviceId"] = tablet.Id.ToString() });
        await owner.GetAsync("cron.run", CronHost.Named(id));

        var ended = await CronHost.HearsAsync(owner, id, "finished");
        Assert.Equal("error", ended.GetProperty("status").GetString());
        Assert.Contains("whose job it is, may not do this any more", ended.GetRawText(), StringComparison.Ordinal);
        Assert.False((await CronHost.HearsAsync(owner, id, "disabled")).GetProperty("job").GetProperty("enabled").GetBoolean());
        Assert.False(File.Exists(trace));
    }

    private static ConnectRequest Spawned(Secret credential) => SecretHost.With(new ConnectAuth { SpawnToken = credential });

    private static Task<CallResponse> CallAsync(GatewayConnection connection, string method, JsonObject parameters) =>
        connection.CallAsync(method, JsonElement.Parse(parameters.ToJsonString()), CancellationToken.None).WaitAsync(GatewayHost.Bound);

    private static async Task<string> ReadAsync(string path)
    {
        using var bound = new CancellationTokenSource(GatewayHost.Bound);
        while (!File.Exists(path))
        {
            await Task.Delay(10, bound.Token);
        }

        return await File.ReadAllTextAsync(path, bound.Token);
    }
}
