using System.Diagnostics;
using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.Interop.Tests;

/// <summary>The released command line of the protocol's own project, pointed at this gateway.</summary>
public sealed class WholeClientTests
{
    [WithWholeClientFact]
    public async Task CommandLine_ListsDevices_AsksForHealth_AndProbes()
    {
        await using var host = new Machine();
        var url = (await host.UpAsync()).Replace("http://", "ws://", StringComparison.Ordinal);
        var token = (await File.ReadAllTextAsync(Path.Combine(host.Home.Root, "keys", "gateway.token"))).Trim();

        Assert.Contains("this host", await RunAsync(host, url, token, "devices", "list"), StringComparison.Ordinal);
        Assert.Contains("OK", await RunAsync(host, url, token, "gateway", "health"), StringComparison.Ordinal);
        var probe = await RunAsync(host, url, token, "gateway", "probe");
        Assert.Contains("Reachable: yes", probe, StringComparison.Ordinal);
        Assert.DoesNotContain("unknown method: system-presence", probe, StringComparison.Ordinal);
    }

    /// <summary>One state directory for each machine: clients that share one wait for each other's locks.</summary>
    private static async Task<string> RunAsync(Machine host, string url, string token, params string[] arguments)
    {
        var state = Path.Combine(host.Root, "client");
        Directory.CreateDirectory(state);
        await using var process = host.StartProgram(
            Clients.Node, null, new Dictionary<string, string> { ["HOME"] = state, ["OPENCLAW_STATE_DIR"] = state },
            [Clients.CommandLine, .. arguments, "--url", url, "--token", token]);
        return (await process.FinishAsync()).Expect(0).Out;
    }
}
