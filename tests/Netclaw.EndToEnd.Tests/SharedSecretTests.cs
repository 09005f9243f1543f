using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>The shared token in the hands of a person, with real processes.</summary>
public sealed class SharedSecretTests
{
    [Fact]
    public async Task OpensTheGateway_FromAFileOrTheEnvironment_WithoutPairing()
    {
        await using var gateway = new Machine();
        await using var laptop = new Machine();
        var url = await UpAsync(gateway);
        var file = Kept(laptop, await File.ReadAllTextAsync(gateway.Home.GatewayTokenFile));

        Assert.Equal("token", MethodOf(await laptop.RunAsync("status", "--url", url, "--token-file", file, "--json")));
        laptop.Variables["NETCLAW_GATEWAY_TOKEN"] = (await File.ReadAllTextAsync(file)).Trim();
        Assert.Equal("token", MethodOf(await laptop.RunAsync("status", "--url", url, "--json")));
    }

    [Fact]
    public async Task AFileThatOthersCanRead_IsNotUsed()
    {
        await using var gateway = new Machine();
        await using var laptop = new Machine();
        var url = await UpAsync(gateway);
        var file = Kept(laptop, await File.ReadAllTextAsync(gateway.Home.GatewayTokenFile));
        File.SetUnixFileMode(file, (UnixFileMode)0b110_100_100);

        Assert.Contains("key_unreadable", (await laptop.RunAsync("status", "--url", url, "--token-file", file)).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rotating_ShutsTheOldTokenOut_BesideARunningDaemon()
    {
        await using var gateway = new Machine();
        await using var laptop = new Machine();
        var url = await UpAsync(gateway);
        var old = Kept(laptop, await File.ReadAllTextAsync(gateway.Home.GatewayTokenFile));

        var quiet = await gateway.RunAsync("auth", "rotate");
        var token = (await File.ReadAllTextAsync(gateway.Home.GatewayTokenFile)).Trim();
        Assert.Equal(0, quiet.ExitCode);
        Assert.Contains(gateway.Home.GatewayTokenFile, quiet.Out, StringComparison.Ordinal);
        Assert.DoesNotContain(token, quiet.Out + quiet.Error, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(gateway.Home.GatewayTokenFile));
        Assert.Contains("unauthorized", (await laptop.RunAsync("status", "--url", url, "--token-file", old)).Error, StringComparison.Ordinal);

        var shown = await gateway.RunAsync("auth", "rotate", "--show", "--json");
        var next = JsonDocument.Parse(shown.Out).RootElement.GetProperty("token").GetString()!;
        Assert.NotEqual(token, next);
        Assert.Equal("token", MethodOf(await laptop.RunAsync("status", "--url", url, "--token-file", Kept(laptop, next), "--json")));
    }

    [Theory]
    [InlineData("""{"auth":{"mode":"none"}}""")]
    [InlineData("""{"auth":{"mode":"password","password":"correct horse battery"}}""")]
    [InlineData("""{"auth":{"token":"configured-token-0123456789-abcdef"}}""")]
    public async Task Rotating_SaysWhyNot_WhereTheTokenIsNotAFile(string config)
    {
        await using var gateway = new Machine();
        await File.WriteAllTextAsync(gateway.Home.ConfigFile, config);
        var refused = await gateway.RunAsync("auth", "rotate");

        Assert.Equal(ExitCodes.Config, refused.ExitCode);
        Assert.Contains("config_invalid", refused.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(gateway.Home.GatewayTokenFile));
    }

    private static async Task<string> UpAsync(Machine gateway)
    {
        var started = await gateway.RunAsync("daemon", "start", "--listen", "127.0.0.1:0", "--json");
        Assert.Equal(0, started.ExitCode);
        var status = JsonDocument.Parse((await gateway.RunAsync("status", "--json")).Out).RootElement;
        return status.GetProperty("daemon").GetProperty("endpoints")[0].GetString()!;
    }

    private static string MethodOf(Finished run)
    {
        Assert.True(run.ExitCode == 0, run.Error);
        return JsonDocument.Parse(run.Out).RootElement.GetProperty("you").GetProperty("method").GetString()!;
    }

    private static string Kept(Machine machine, string secret)
    {
        var path = Path.Combine(machine.Root, $"token-{Guid.NewGuid():n}");
        PrivateFile.CreateAtomically(path, System.Text.Encoding.ASCII.GetBytes(secret.Trim() + "\n"));
        return path;
    }
}
