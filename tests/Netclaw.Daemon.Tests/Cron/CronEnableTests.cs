using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary>A job whose only time has passed while it was disabled.</summary>
public sealed class CronEnableTests : IAsyncLifetime
{
    private readonly ShiftedTime _time = new();
    private GatewayHost _host = null!;

    public async Task InitializeAsync() => _host = await GatewayHost.StartAsync(overrides: services => services.AddSingleton<TimeProvider>(_time));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AnOlderTime_IsRefused_AndTheJobStaysAsItWas_UntilItHasAnotherTime(bool native)
    {
        using var person = new Person(_host.Home);
        await using var peer = await Peer.OperatorAsync(_host, native);
        var id = await PastAsync(peer);

        var refused = await peer.CallAsync("cron.update", Enabling(id));
        Assert.Equal("cron_schedule_invalid", Peer.Code(refused));
        var message = refused.GetProperty("error").GetProperty("message").GetString()!;
        Assert.Contains("$.schedule.at", message, StringComparison.Ordinal);
        Assert.Contains("is past", message, StringComparison.Ordinal);
        var said = await person.RunAsync("cron", "enable", id);
        Assert.Equal((ExitCodes.Usage, "cron_schedule_invalid"), (said.ExitCode, said.Failure.Code));
        Assert.Contains("give it a time to come, or run the job by hand", said.Failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("netclaw ", said.Failure.Remedy, StringComparison.Ordinal);

        var job = await peer.GetAsync("cron.get", CronHost.Named(id));
        Assert.Equal((false, "1"), (job.GetProperty("enabled").GetBoolean(), job.GetProperty("configRevision").GetString()));
        Assert.Equal(0, (await peer.GetAsync("cron.runs", CronHost.Named(id))).GetProperty("total").GetInt32());

        var later = new JsonObject { ["id"] = id, ["patch"] = new JsonObject { ["enabled"] = true, ["schedule"] = new JsonObject { ["kind"] = "at", ["at"] = At(TimeSpan.FromHours(1)) } } };
        Assert.True((await peer.GetAsync("cron.update", later)).GetProperty("enabled").GetBoolean());
    }

    [Fact]
    public async Task ItsOtherFields_AreChangedAllTheSame_AndItRunsByHand()
    {
        await using var peer = await Peer.OperatorAsync(_host, native: true);
        await using var heard = await Peer.OperatorAsync(_host, native: true);
        var id = await PastAsync(peer);

        var named = await peer.GetAsync("cron.update", new JsonObject { ["id"] = id, ["patch"] = new JsonObject { ["name"] = "coffee" } });
        Assert.Equal(("coffee", false), (named.GetProperty("name").GetString(), named.GetProperty("enabled").GetBoolean()));
        await peer.GetAsync("cron.run", CronHost.Named(id));
        Assert.Equal("ok", (await CronHost.HearsAsync(heard, id, "finished")).GetProperty("status").GetString());
    }

    private async Task<string> PastAsync(Peer peer)
    {
        var added = await peer.GetAsync("cron.add", CronHost.Job($$"""{"kind":"at","at":"{{At(TimeSpan.FromSeconds(30))}}"}""", """{"kind":"systemEvent","text":"tea is ready"}""", ",\"enabled\":false"));
        _time.By += TimeSpan.FromMinutes(2);
        return added.GetProperty("id").GetString()!;
    }

    private string At(TimeSpan later) => (_time.GetUtcNow() + later).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static JsonObject Enabling(string id) => new() { ["id"] = id, ["patch"] = new JsonObject { ["enabled"] = true } };
}
