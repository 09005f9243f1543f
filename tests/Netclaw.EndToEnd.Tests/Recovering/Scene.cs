using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Recovering;

/// <summary>A copy of <see cref="Attic"/>, to be broken; and a machine with nothing on it yet.</summary>
internal sealed partial class Scene : IAsyncDisposable
{
    private readonly Attic _attic;
    private string? _code;

    private Scene(Attic attic) => _attic = attic;

    /// <summary>Where the gateway is at home now.</summary>
    public Machine Gateway { get; private set; } = new();

    public Machine Phone { get; } = new();

    public Machine NewMachine { get; } = new();

    /// <summary>Of a situation: another program, another device.</summary>
    public List<IAsyncDisposable> Others { get; } = [];

    public string Url => _attic.Url;

    public string Backup => Path.Combine(Gateway.Root, "backups", _attic.Backup);

    public static async Task<Scene> SetAsync(Attic attic, bool running)
    {
        var scene = new Scene(attic);
        await attic.CopyAsync(scene.Gateway, scene.Phone);
        if (running)
        {
            await scene.StartAsync();
        }

        return scene;
    }

    /// <summary>On the same port at its next start.</summary>
    /// <param name="rest">Further members, a comma before each.</param>
    public void Configure(string rest) => File.WriteAllText(Gateway.Home.ConfigFile, Attic.Config(new Uri(Url).Port, rest));

    public Task StartAsync() => Gateway.JsonAsync("up", "--no-code");

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
        Assert.Equal(_attic.PhoneRow, await Attic.RowAsync(Gateway, "phone"));
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

    [GeneratedRegex(@"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b", RegexOptions.None, 1000)]
    private static partial Regex Code();
}
