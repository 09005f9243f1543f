using System.Text.Json;
using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>A gateway called attic on a port of its own, a phone that is paired with it, a backup of it; and a machine with nothing on it yet.</summary>
internal sealed partial class Scene : IAsyncDisposable
{
    private string _before = "";
    private string? _code;

    /// <summary>Where the gateway is at home now.</summary>
    public Machine Gateway { get; private set; } = new();

    public Machine Phone { get; } = new();

    public Machine NewMachine { get; } = new();

    /// <summary>Of a situation: another program, another device.</summary>
    public List<IAsyncDisposable> Others { get; } = [];

    public string Url { get; private set; } = "";

    public string Backup { get; private set; } = "";

    public static async Task<Scene> SetAsync()
    {
        var scene = new Scene();
        scene.Write("""{"gateway":{"name":"attic"},"listen":{"port":0}}""");
        scene.Url = await scene.Gateway.UpAsync();
        await scene.Phone.PairWithAsync(scene.Gateway, "--name", "phone");
        scene.Configure();
        scene.Backup = (await scene.Gateway.JsonAsync("backup", "create")).GetProperty("file").GetString()!;
        scene._before = await scene.PhoneRowAsync();
        return scene;
    }

    /// <summary>On the same port at its next start.</summary>
    /// <param name="rest">Further members, a comma before each.</param>
    public void Configure(string rest = "") => Write($$"""{"gateway":{"name":"attic"},"listen":{"port": {{new Uri(Url).Port}} }{{rest}}}""");

    public Task StopAsync() => Gateway.JsonAsync("down");

    /// <summary>From now on the gateway is on the other machine.</summary>
    public void Move() => Gateway = NewMachine;

    /// <summary>As it stands in the guide, in a shell of its own; the host's latest code is CODE.</summary>
    public async Task TypeAsync(GuideBlock block, string always)
    {
        var machine = block.Where switch { GuideBlock.OnPhone => Phone, GuideBlock.OnNewMachine => NewMachine, _ => Gateway };
        machine.Variables["PATH"] = $"{Path.GetDirectoryName(Executables.CommandLine)}:{Environment.GetEnvironmentVariable("PATH")}";
        machine.Variables["CODE"] = _code ?? "";
        var typed = block.Command.Replace("http://127.0.0.1:5199", Url, StringComparison.Ordinal);
        await using var shell = machine.StartProgram("/bin/bash", null, "-e", "-o", "pipefail", "-c", always + typed);
        var finished = (await shell.FinishAsync()) with { Command = typed };
        finished.Expect(block.ExitCode);
        Assert.True(block.Shows(finished.Out), $"the guide shows\n{block.Shown}\n{finished}");
        _code = Code().Matches(finished.Out) is [.., var code] ? code.Value : _code;
    }

    /// <summary>By the socket, and by TCP with the host's own key.</summary>
    public async Task HostGetsInAsync()
    {
        Assert.Equal("control", (await Gateway.JsonAsync("devices", "list")).GetProperty("reachedBy").GetProperty("rule").GetString());
        Assert.Equal("host-key", (await Gateway.JsonAsync("status", "--url", Url)).GetProperty("reachedBy").GetProperty("method").GetString());
    }

    /// <summary>With its own key, which it had before; and its record is what it was.</summary>
    public async Task PhoneWasKeptAsync()
    {
        Assert.Equal("device-key", (await Phone.JsonAsync("status")).GetProperty("reachedBy").GetProperty("method").GetString());
        Assert.Equal(_before, await PhoneRowAsync());
    }

    /// <summary>The code that a device is refused with.</summary>
    public static async Task<string> RefusalAsync(Machine device)
    {
        var said = await device.RunAsync("status", "--json");
        Assert.NotEqual(ExitCodes.Ok, said.ExitCode);
        return said.Code();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var machine in Others.Concat([Gateway, NewMachine, Phone]).Distinct())
        {
            await machine.DisposeAsync();
        }
    }

    private void Write(string config) => File.WriteAllText(Gateway.Home.ConfigFile, config);

    /// <summary>All that is kept of it; when it was last seen is not.</summary>
    private async Task<string> PhoneRowAsync()
    {
        var row = (await Gateway.JsonAsync("devices", "list")).GetProperty("paired").EnumerateArray().Single(each => each.GetProperty("name").GetString() == "phone");
        return string.Join('\n', row.EnumerateObject().Where(member => member.Name is not ("lastSeenMs" or "connected") && member.Value.ValueKind != JsonValueKind.Null));
    }

    [GeneratedRegex(@"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
