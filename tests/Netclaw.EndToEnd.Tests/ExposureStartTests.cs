using System.Diagnostics;
using System.Text.Json;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests;

/// <summary>Real starts in every exposure mode: what fits together serves its owner at once, what does not is told whole and exits 78.</summary>
public sealed class ExposureStartTests
{
    [Theory]
    [InlineData("local", """{"listen":{"port":0}}""")]
    [InlineData("reverse-proxy", """{"listen":{"address":"0.0.0.0","port":0},"exposure":{"mode":"ReverseProxy","trustedProxies":["10.0.0.7"]}}""")]
    [InlineData("reverse-proxy", """{"listen":{"port":0},"exposure":{"mode":"reverse-proxy","trustedProxies":["127.0.0.1"]},"auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"X-User","allowLoopback":true}}}""")]
    [InlineData("tailscale-serve", """{"listen":{"port":0},"exposure":{"mode":"TAILSCALE-SERVE","skipTunnelProcessCheck":true}}""")]
    [InlineData("tailscale-funnel", """{"listen":{"port":0},"exposure":{"mode":"tailscalefunnel","skipTunnelProcessCheck":true}}""")]
    [InlineData("cloudflare-tunnel", """{"listen":{"port":0},"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true}}""")]
    public async Task ServesItsOwner_WithNoDevicePaired(string mode, string config)
    {
        await using var machine = new Machine();
        File.WriteAllText(machine.Home.ConfigFile, config);

        await machine.JsonAsync("daemon", "start");
        var status = await machine.JsonAsync("status");

        Assert.Equal(mode, status.GetProperty("gateway").GetProperty("exposure").GetString());
        Assert.Equal("control-socket", status.GetProperty("you").GetProperty("method").GetString());
    }

    [Fact]
    public async Task TellsEveryProblem_AndTheCheckTellsTheSame()
    {
        await using var machine = new Machine();
        File.WriteAllText(machine.Home.ConfigFile,
            """{"exposure":{"mode":"reverse-proxy","trustedProxies":["0.0.0.0/0"]},"auth":{"mode":"none"},"listen":{"prot":1}}""");

        var start = await machine.RunAsync("daemon", "start", "--json");
        var problems = Keys(start.Expect(ExitCodes.Config).JsonError().GetProperty("details").GetProperty("problems").EnumerateArray().Select(problem => problem.GetProperty("details")));
        var check = await machine.RunAsync("config", "check", "--json");

        Assert.Equal(["auth.mode", "exposure.trustedProxies", "exposure.trustedProxies", "listen.address", "listen.prot"], problems);
        Assert.Equal(problems, Keys(check.Expect(ExitCodes.Config).Json().GetProperty("problems").EnumerateArray()));
        var people = (await machine.RunAsync("config", "check")).Expect(ExitCodes.Config);
        Assert.Contains("no daemon starts with it: 5 problems", people.Out, StringComparison.Ordinal);
        Assert.All(problems, key => Assert.Contains($"problem  {key}", people.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WantsTheTunnelsAgent_AndFindsItWhereItRuns()
    {
        await using var machine = new Machine();
        File.WriteAllText(machine.Home.ConfigFile, """{"listen":{"port":0},"exposure":{"mode":"cloudflare-tunnel"}}""");

        var refused = (await machine.RunAsync("daemon", "start", "--json")).Expect(ExitCodes.Config).JsonError();
        Assert.Contains("cloudflared does not run", refused.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("exposure.skipTunnelProcessCheck", refused.GetProperty("message").GetString(), StringComparison.Ordinal);

        using var agent = StandIn(machine, "cloudflared");
        try
        {
            await machine.JsonAsync("daemon", "start");
            Assert.Equal("cloudflare-tunnel", (await machine.JsonAsync("status")).GetProperty("gateway").GetProperty("exposure").GetString());
        }
        finally
        {
            agent.Kill();
            await agent.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
        }
    }

    [Fact]
    public async Task ConfigCommands_AnswerWithTheDaemonUpAndDown()
    {
        await using var machine = new Machine();
        Assert.Equal("https://json-schema.org/draft/2020-12/schema", (await machine.JsonAsync("config", "schema")).GetProperty("$schema").GetString());
        Assert.True((await machine.JsonAsync("config", "check")).GetProperty("ok").GetBoolean());

        await machine.UpAsync();
        Assert.True((await machine.JsonAsync("config", "check")).GetProperty("ok").GetBoolean());
        var shown = await machine.JsonAsync("config", "show");
        Assert.Equal(["exists", "file", "keys", "problems"], shown.EnumerateObject().Select(member => member.Name).Order(StringComparer.Ordinal));
        Assert.Empty((await machine.JsonAsync("config", "show", "--changed")).GetProperty("keys").EnumerateArray());
        Assert.Equal("usage_error", (await machine.RunAsync("config", "check", "--url", "http://127.0.0.1:1", "--json")).Expect(ExitCodes.Usage).Code());
    }

    private static Process StandIn(Machine machine, string name)
    {
        var program = Path.Combine(machine.Root, name);
        File.Copy(File.ResolveLinkTarget("/bin/sleep", returnFinalTarget: true)?.FullName ?? "/bin/sleep", program);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return Process.Start(program, "120");
    }

    private static IEnumerable<string> Keys(IEnumerable<JsonElement> problems) =>
        problems.Select(problem => problem.GetProperty("key").GetString()!).Order(StringComparer.Ordinal).ToArray();
}
