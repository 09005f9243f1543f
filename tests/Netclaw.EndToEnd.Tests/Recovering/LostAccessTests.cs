using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>Whatever became of the host key: who is refused because of it is told the one command that mends it.</summary>
public sealed class LostAccessTests
{
    private const string Command = "netclaw recover local-access";

    [Fact]
    public async Task StatusByAddress_AndTheNextStart_NameTheCommand()
    {
        await using var machine = new Machine();
        await machine.UpAsync();
        var (key, former) = (machine.Home.HostKey, machine.Home.HostKey + ".former");

        File.Move(key, former);
        await RefusesAsync(machine, "gone", "pairing_required");

        KeyFile.Create(key).Dispose();
        await RefusesAsync(machine, "another's", "pairing_required");

        await File.WriteAllTextAsync(key, "not a key");
        await RefusesAsync(machine, "garbage", "key_unreadable", SetAside(machine));

        File.Delete(key);
        await machine.JsonAsync("recover", "local-access", "--yes");
        await machine.JsonAsync("status", "--url", machine.Url);
        File.Move(former, key, overwrite: true);
        await RefusesAsync(machine, "revoked", "pairing_required");

        await machine.JsonAsync("down");
        await File.WriteAllTextAsync(key, "not a key");
        var start = (await machine.RunAsync("up", "--no-code", "--json")).JsonError();
        Assert.Equal(("key_unreadable", SetAside(machine)), (start.GetProperty("code").GetString(), start.GetProperty("remedy").GetString()));
    }

    private static string SetAside(Machine machine) => $"mv '{machine.Home.HostKey}' '{machine.Home.HostKey}.unusable'";

    private static async Task RefusesAsync(Machine machine, string state, string code, string command = Command)
    {
        var refused = (await machine.RunAsync("status", "--url", machine.Url, "--json")).JsonError();
        Assert.Equal((state, code, command), (state, refused.GetProperty("code").GetString(), refused.GetProperty("remedy").GetString()));
        Assert.Contains(command, (await machine.RunAsync("status", "--url", machine.Url)).Error, StringComparison.Ordinal);
    }
}
