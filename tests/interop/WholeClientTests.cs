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

    private static Task<string> RunAsync(Machine host, string url, string token, params string[] arguments) =>
        new WholeClient(host, "client").RunAsync([.. arguments, "--url", url, "--token", token]);
}
