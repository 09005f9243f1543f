using System.Security.Cryptography;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Local access lost on a real machine and got back by one command: planned, agreed to, backed up, repaired, and proven by connecting.</summary>
public sealed class RecoveryTests : IAsyncLifetime
{
    private readonly Machine _gateway = new();
    private readonly Machine _laptop = new();

    public static TheoryData<string> Modes => new(Configs.Keys);

    private static Dictionary<string, string> Configs { get; } = new()
    {
        ["local"] = """{"listen":{"port":0}}""",
        ["reverse-proxy"] = """{"listen":{"port":0},"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.1"],"externalUrl":"https://gateway.example"},"auth":{"trustedProxy":{"allowLoopback":true}}}""",
        ["tailscale-serve"] = """{"listen":{"port":0},"exposure":{"mode":"tailscale-serve","skipTunnelProcessCheck":true}}""",
        ["tailscale-funnel"] = """{"listen":{"port":0},"exposure":{"mode":"tailscale-funnel","skipTunnelProcessCheck":true}}""",
        ["cloudflare-tunnel"] = """{"listen":{"port":0},"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true}}""",
    };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _laptop.DisposeAsync();
        await _gateway.DisposeAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Offline_IsRepaired_AndProvenByATrialDaemon(string mode)
    {
        await SetUpAsync(mode);
        (await _gateway.RunAsync("down")).Expect(ExitCodes.Ok);
        File.Delete(_gateway.Home.HostKey);

        var planned = (await _gateway.RunAsync("recover", "local-access", "--dry-run", "--json")).Expect(ExitCodes.Warned).Json();
        Assert.Equal(("planned", 1), (planned.GetProperty("outcome").GetString(), planned.GetProperty("plan").GetProperty("devicesKept").GetInt32()));
        Assert.Equal("consent_required", (await _gateway.RunAsync("recover", "local-access", "--json")).Expect(ExitCodes.Usage).Code());
        Assert.False(File.Exists(_gateway.Home.HostKey));
        var repaired = (await _gateway.RunAsync("recover", "local-access", "--yes", "--json")).Expect(ExitCodes.Ok).Json();

        IsRepaired(repaired, "trial");
        Assert.NotNull(repaired.GetProperty("proof").GetProperty("hostKey").GetString());
        (await _gateway.RunAsync("daemon", "status")).Expect(ExitCodes.Unavailable);
        Assert.Equal("healthy", (await _gateway.JsonAsync("recover", "local-access", "--yes")).GetProperty("outcome").GetString());
        await _gateway.UpAsync(_port);
        await IsUsableAsync();
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task Online_IsRepaired_WithoutARestart(string mode)
    {
        await SetUpAsync(mode);
        var pid = _gateway.DaemonPid;
        File.Delete(_gateway.Home.HostKey);

        IsRepaired((await _gateway.RunAsync("recover", "local-access", "--yes", "--json")).Expect(ExitCodes.Ok).Json(), "running");

        Assert.Equal(pid, _gateway.DaemonPid);
        await IsUsableAsync();
    }

    [Fact]
    public async Task DoctorFix_RepairsOnce_AndChangesNothingTheSecondTime()
    {
        await SetUpAsync("local");
        (await _gateway.RunAsync("down")).Expect(ExitCodes.Ok);
        File.Delete(_gateway.Home.HostKey);
        Assert.Equal("error", Check((await _gateway.RunAsync("doctor", "--only", "local-access", "--json")).Expect(ExitCodes.Failed).Json()));

        var planned = (await _gateway.RunAsync("doctor", "--fix", "--dry-run", "--only", "local-access", "--json")).Expect(ExitCodes.Failed).Json().GetProperty("repair");
        Assert.Equal("planned", planned.GetProperty("outcome").GetString());
        Assert.All(planned.GetProperty("plan").GetProperty("writes").EnumerateArray(), write => Assert.All((string[])["what", "before", "after"], part => Assert.NotEqual("", write.GetProperty(part).GetString())));

        var fixedOnce = (await _gateway.RunAsync("doctor", "--fix", "--yes", "--only", "local-access", "--json")).Expect(ExitCodes.Ok).Json();
        Assert.Equal("ok", Check(fixedOnce));
        IsRepaired(fixedOnce.GetProperty("repair"), "trial");
        Assert.Equal(planned.GetProperty("plan").GetRawText(), fixedOnce.GetProperty("repair").GetProperty("plan").GetRawText());
        var once = Files();
        var again = (await _gateway.RunAsync("doctor", "--fix", "--yes", "--only", "local-access", "--json")).Expect(ExitCodes.Ok).Json();
        Assert.Equal(("ok", "healthy"), (Check(again), again.GetProperty("repair").GetProperty("outcome").GetString()));
        Assert.False((await _gateway.RunAsync("doctor", "--only", "local-access", "--json")).Expect(ExitCodes.Ok).Json().TryGetProperty("repair", out _));

        Assert.Equal(once, Files());
        await _gateway.UpAsync(_port);
        await IsUsableAsync();
    }

    [Fact]
    public async Task AFullReset_WantsItsPhrase_AndBeginsAnew()
    {
        await SetUpAsync("local");
        Assert.Equal("daemon_already_running", (await _gateway.RunAsync("recover", "local-access", "--full-reset", "--json")).Code());
        (await _gateway.RunAsync("down")).Expect(ExitCodes.Ok);
        File.Delete(_gateway.Home.JournalDatabase);
        Assert.Equal("repair_not_safe", (await _gateway.RunAsync("recover", "local-access", "--yes", "--json")).Expect(ExitCodes.Failed).Code());
        var asked = (await _gateway.RunAsync("recover", "local-access", "--full-reset", "--json")).Expect(ExitCodes.Usage).JsonError();
        var phrase = asked.GetProperty("remedy").GetString()!.Split('\'')[1];
        Assert.StartsWith("reset all pairings on ", phrase, StringComparison.Ordinal);

        var reset = (await _gateway.RunAsync("recover", "local-access", "--full-reset", "--confirm", phrase, "--json")).Expect(ExitCodes.Ok).Json();

        Assert.Equal(("reset", 2), (reset.GetProperty("outcome").GetString(), reset.GetProperty("repair").GetProperty("epoch").GetInt32()));
        Assert.True(reset.GetProperty("backup").GetProperty("raw").GetBoolean());
        await _gateway.UpAsync(_port);
        Assert.Equal("host-key", (await _gateway.JsonAsync("status", "--url", _gateway.Url)).GetProperty("reachedBy").GetProperty("method").GetString());
        Assert.NotEqual(ExitCodes.Ok, (await _laptop.RunAsync("status", "--json")).ExitCode);
    }

    /// <summary>The daemon of the proof is ended a moment after it started: what it began would be cut off, and what it took up would be lost.</summary>
    [Fact]
    public async Task TheProof_DoesNoneOfTheGatewaysWork()
    {
        await SetUpAsync("local");
        var traces = Path.Combine(_gateway.Root, "traces");
        (await _gateway.RunAsync("cron", "add", "--json", "--at", "8s", "--name", "overdue", "--", "/bin/sh", "-c", $"echo ran >> {traces}")).Expect(ExitCodes.Ok);
        var due = DateTime.UtcNow.AddSeconds(9);
        await _gateway.KillDaemonAsync();
        await Eventually.TrueAsync(() => Task.FromResult(DateTime.UtcNow > due), "the job is overdue");
        Assert.False(File.Exists(traces));
        File.Delete(_gateway.Home.HostKey);

        IsRepaired((await _gateway.RunAsync("recover", "local-access", "--yes", "--json")).Expect(ExitCodes.Ok).Json(), "trial");

        Assert.False(File.Exists(traces), "the proof ran the job");
        await _gateway.UpAsync(_port);
        await Eventually.TrueAsync(() => Task.FromResult(File.Exists(traces) && File.ReadAllText(traces).Length > 0), "the job's run");
        await Eventually.TrueAsync(async () => (await _gateway.JsonAsync("cron", "runs", "overdue")).GetProperty("total").GetInt32() == 1, "the run's entry");
        Assert.Equal("ran\n", await File.ReadAllTextAsync(traces));
    }

    private int _port;

    private static string? Check(JsonElement report) => Assert.Single(report.GetProperty("checks").EnumerateArray()).GetProperty("state").GetString();

    private string Files() => string.Join('\n', ((string[])[_gateway.Home.KeysDirectory, _gateway.Home.StateDirectory]).SelectMany(Directory.GetFiles).Order(StringComparer.Ordinal)
        .Where(file => !file.EndsWith("-shm", StringComparison.Ordinal))
        .Select(file => $"{file} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file)))}"));

    private async Task SetUpAsync(string mode)
    {
        await File.WriteAllTextAsync(_gateway.Home.ConfigFile, Configs[mode]);
        await _gateway.UpAsync();
        _port = _gateway.Port;
        await _laptop.PairWithAsync(_gateway);
    }

    private static void IsRepaired(JsonElement report, string daemon)
    {
        Assert.Equal("repaired", report.GetProperty("outcome").GetString());
        var repair = report.GetProperty("repair");
        Assert.Equal((1, 1), (repair.GetProperty("devicesKept").GetInt32(), repair.GetProperty("devicesOf").GetInt32()));
        Assert.True(File.Exists(report.GetProperty("backup").GetProperty("file").GetString()));
        var proof = report.GetProperty("proof");
        Assert.Equal((daemon, "control-socket"), (proof.GetProperty("daemon").GetString(), proof.GetProperty("controlSocket").GetString()));
    }

    private async Task IsUsableAsync()
    {
        Assert.Equal("control", (await _gateway.JsonAsync("devices", "list")).GetProperty("reachedBy").GetProperty("rule").GetString());
        Assert.Equal("host-key", (await _gateway.JsonAsync("status", "--url", _gateway.Url)).GetProperty("reachedBy").GetProperty("method").GetString());
        Assert.Equal("device-key", (await _laptop.JsonAsync("status")).GetProperty("reachedBy").GetProperty("method").GetString());
    }
}
