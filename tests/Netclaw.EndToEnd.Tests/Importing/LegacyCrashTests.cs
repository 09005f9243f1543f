using System.Globalization;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Importing;

/// <summary>The daemon is killed between a durable write and its acknowledgement: an import is finished by running it again, a spent token stays spent.</summary>
public sealed class LegacyCrashTests
{
    [Fact]
    public async Task Enrolment_IsThereExactlyOnce_TheRetryWorksByTheKey_AndTheTokenIsDead()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        await using var phone = new Machine();
        await using var thief = new Machine();
        await UpAsync(host);
        await host.JsonAsync("import", EarlierFiles.Devices(host, "phone"));

        Arm(host);
        var lost = await phone.RunAsync("pair", host.Url, "--legacy-token-file", EarlierFiles.TokenFile(phone, "phone"), "--json");

        Assert.Equal("endpoint_unreachable", lost.Code());
        Assert.False(File.Exists(phone.Home.Profiles), "a profile without an acknowledgement");
        await RestartAfterCrashAsync(host);
        Assert.Equal("legacy_token_spent", (await thief.RunAsync("pair", host.Url, "--legacy-token-file", EarlierFiles.TokenFile(thief, "phone"), "--json")).Expect(ExitCodes.Refused).Code());
        var retried = await phone.JsonAsync("pair", host.Url, "--legacy-token-file", EarlierFiles.TokenFile(phone, "phone"));
        Assert.True(retried.GetProperty("wasPaired").GetBoolean());
        Assert.Equal("phone", (await phone.JsonAsync("status")).GetProperty("you").GetProperty("deviceName").GetString());
        Assert.Single((await host.JsonAsync("devices", "list")).GetProperty("paired").EnumerateArray(), device => device.GetProperty("kind").GetString() == "paired");
    }

    [Fact]
    public async Task Import_IsThereWithoutItsAcknowledgement_AndTheNextRunSaysSo()
    {
        await using var host = new Machine { DaemonProgram = Executables.CrashDaemon };
        await UpAsync(host);
        var devices = EarlierFiles.Devices(host, "phone", "laptop");

        Arm(host);
        Assert.Equal("endpoint_unreachable", (await host.RunAsync("import", devices, "--json")).Expect(ExitCodes.Unavailable).Code());

        await RestartAfterCrashAsync(host);
        var again = await host.JsonAsync("import", devices);
        Assert.Equal((0, 2), (again.GetProperty("kept").GetInt32(), again.GetProperty("present").GetInt32()));
    }

    /// <summary>The daemon that can be told to kill itself; its offline verbs are those of the daemon proper.</summary>
    private static async Task UpAsync(Machine host)
    {
        await host.UpAsync();
        host.Variables["NETCLAWD"] = Executables.Daemon;
    }

    private static void Arm(Machine host) => File.WriteAllText(Path.Combine(host.Root, "crash-after"), 0.ToString(CultureInfo.InvariantCulture));

    private static async Task RestartAfterCrashAsync(Machine host)
    {
        Assert.True(File.Exists(Path.Combine(host.Root, "crash-after.done")), "the daemon has not killed itself");
        await host.UpAsync(host.Port);
    }
}
