using System.Globalization;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>
/// The daemon is killed between the durable write and the acknowledgement, at every write of a pairing and a revocation. The client saw no
/// acknowledgement; what was written is there once; what was not written is not; a retry ends well.
/// </summary>
public sealed class CrashTests
{
    [Fact]
    public async Task Redemption_IsThereExactlyOnce_AndTheRetryIsAnsweredTheSame()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        await using var device = new Machine();
        await using var second = new Machine();
        await host.UpAsync();
        var code = await host.CodeAsync();

        Arm(host, afterWrites: 1); // the begun try is let through; the redemption is the next
        var lost = await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin", "--name", "laptop", "--json"]);

        Assert.NotEqual(ExitCodes.Ok, lost.ExitCode);
        Assert.Equal("endpoint_unreachable", lost.Code());
        Assert.False(File.Exists(device.Home.Profiles), "a profile without an acknowledgement");
        await RestartAfterCrashAsync(host);
        var stored = Assert.Single(await PairedAsync(host));

        var retried = (await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin", "--name", "laptop", "--json"])).Expect(ExitCodes.Ok).Json();
        Assert.Equal(stored.GetProperty("deviceId").GetString(), retried.GetProperty("deviceId").GetString());
        Assert.Single(await PairedAsync(host));
        Assert.Equal("laptop", (await device.JsonAsync("status")).GetProperty("you").GetProperty("deviceName").GetString());
        Assert.Equal("pairing_code_used", (await second.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Refused).Code());
    }

    [Fact]
    public async Task BegunTry_InventsNoPairing_AndTheCodeStillWorks()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        await using var device = new Machine();
        await host.UpAsync();
        var code = await host.CodeAsync();

        Arm(host, afterWrites: 0);
        Assert.Equal("endpoint_unreachable", (await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Unavailable).Code());

        await RestartAfterCrashAsync(host);
        Assert.Empty(await PairedAsync(host));
        (await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin"])).Expect(ExitCodes.Ok);
        Assert.Single(await PairedAsync(host));
    }

    [Fact]
    public async Task TriesThatWereCutOff_StillCount()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        await using var device = new Machine();
        await host.UpAsync();
        var code = await host.CodeAsync();
        var wrong = code[..^1] + (code[^1] == 'Z' ? 'Y' : 'Z');

        Arm(host, afterWrites: 0);
        await device.RunAsync(wrong + "\n", ["pair", host.Url, "--code-stdin", "--json"]);
        await RestartAfterCrashAsync(host);
        for (var number = 2; number <= 5; number++)
        {
            Assert.Equal("pairing_code_invalid", (await device.RunAsync(wrong + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Refused).Code());
        }

        Assert.Equal("pairing_code_invalid", (await device.RunAsync(code + "\n", ["pair", host.Url, "--code-stdin", "--json"])).Expect(ExitCodes.Refused).Code());
    }

    [Fact]
    public async Task Approval_IsThereExactlyOnce()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        await using var device = new Machine();
        await host.UpAsync();
        await using var waiting = device.Start(null, "pair", host.Url, "--request", "--name", "tablet", "--json");
        var line = await Eventually.IsAsync(
            () => Task.FromResult(waiting.Error.Split('\n').FirstOrDefault(text => text.Contains("\"waiting\"", StringComparison.Ordinal) && text.EndsWith('}'))), "symbols");
        var symbols = JsonSerializer.Deserialize<JsonElement>(line).GetProperty("symbols").GetString()!;

        Arm(host, afterWrites: 0);
        var approve = await host.RunAsync("devices", "approve", "tablet", "--symbols", symbols, "--json");
        var waited = await waiting.FinishAsync();

        Assert.Equal("endpoint_unreachable", approve.Code());
        Assert.Equal("endpoint_unreachable", waited.Code());
        Assert.False(File.Exists(device.Home.Profiles), "a profile without an acknowledgement");
        await RestartAfterCrashAsync(host);
        Assert.Equal("tablet", Assert.Single(await PairedAsync(host)).GetProperty("name").GetString());
        Assert.Empty((await host.JsonAsync("devices", "list")).GetProperty("pending").EnumerateArray());
    }

    [Fact]
    public async Task Revocation_HoldsWithoutItsAcknowledgement()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        await using var device = new Machine();
        await host.UpAsync();
        await device.PairWithAsync(host, "--name", "laptop");

        Arm(host, afterWrites: 0);
        var revoke = (await host.RunAsync("devices", "revoke", "laptop", "--yes", "--json")).Expect(ExitCodes.Unavailable);
        Assert.Equal("endpoint_unreachable", revoke.Code());
        Assert.Contains("Whether it was done is not known.", revoke.Error);

        await RestartAfterCrashAsync(host);
        Assert.Equal("device_revoked", (await device.RunAsync("status", "--json")).Expect(ExitCodes.Refused).Code());
        Assert.Empty(await PairedAsync(host));
    }

    private static void Arm(Machine host, int afterWrites) =>
        File.WriteAllText(Path.Combine(host.Root, "crash-after"), afterWrites.ToString(CultureInfo.InvariantCulture));

    private static async Task RestartAfterCrashAsync(Machine host)
    {
        Assert.True(File.Exists(Path.Combine(host.Root, "crash-after.done")), "the daemon has not killed itself");
        Assert.Equal("daemon_not_running", (await host.RunAsync("daemon", "status", "--json")).Code());
        await host.UpAsync(host.Port);
    }

    private static async Task<JsonElement[]> PairedAsync(Machine host) =>
        [.. (await host.JsonAsync("devices", "list")).GetProperty("paired").EnumerateArray().Where(device => device.GetProperty("kind").GetString() == "paired")];
}
