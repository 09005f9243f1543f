using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Invocation;

public sealed class UsageTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    [Theory]
    [InlineData("devcies list", "netclaw has no command 'devcies'. Did you mean 'devices'?", "netclaw devices")]
    [InlineData("devices aprove r_1", "netclaw devices has no command 'aprove'. Did you mean 'approve'?", "netclaw devices approve")]
    [InlineData("status --jsn", "netclaw status has no option '--jsn'. Did you mean '--json'?", "netclaw status --help")]
    [InlineData("daemon pair --scops read", "netclaw daemon pair has no option '--scops'. Did you mean '--scopes'?", "netclaw daemon pair --help")]
    [InlineData("xyzzyx", "netclaw has no command 'xyzzyx'.", "netclaw --help")]
    [InlineData("devices", "netclaw devices wants to know what to do: list, approve, reject, revoke, rename, scopes, rotate, confirm, auto-approve.", "netclaw devices list")]
    [InlineData("pair", "netclaw pair: Required argument missing for command: 'pair'.", "netclaw pair --help")]
    [InlineData("status --timeout soon", "--timeout 'soon' is not a length of time", "netclaw status --help")]
    [InlineData("daemon pair --scopes raed", "There is no scope 'raed'; did you mean 'read'?", "netclaw daemon pair --help")]
    [InlineData("daemon pair --role boss", "--role 'boss' is neither operator nor node.", "netclaw daemon pair --help")]
    [InlineData("pair http://x --code-stdin --request", "--code-stdin and --request exclude each other.", "netclaw pair --help")]
    [InlineData("cron", "netclaw cron wants to know what to do: add, list, show, run, runs, enable, disable, remove.", "netclaw cron add")]
    [InlineData("cron add --at 2030-01-31T09:00 --tz America/New_York --remind x", "--tz is the zone of --cron; with --at, write the offset: 2030-01-31T09:00:00-05:00.", "netclaw cron add --help")]
    [InlineData("cron add --every 1h --stagger 5m --remind x", "--stagger goes with --cron, and with nothing else; leave it out.", "netclaw cron add --help")]
    [InlineData("cron add --on-exit x --tz UTC --remind x", "--tz is the zone of --cron", "netclaw cron add --help")]
    [InlineData("cron add --at 01/02/2030 --remind x", "--at '01/02/2030' is no time; write 2030-01-31T09:00", "netclaw cron add --help")]
    [InlineData("cron add --cron @daily --stagger soon --remind x", "--stagger 'soon' is no length of time; write 30s, 10m, 2h or 1d.", "netclaw cron add --help")]
    [InlineData("runs", "netclaw runs wants to know what to do: list, show, cancel.", "netclaw runs list")]
    [InlineData("spawn", "Name a program behind --, or an agent's task with --task.", "netclaw spawn --help")]
    [InlineData("spawn --agent coder -- ls", "--agent and --acp go with --task.", "netclaw spawn --help")]
    [InlineData("spawn --task x --cwd /tmp", "--cwd goes with a program; an agent's directory is a setting of the agent.", "netclaw spawn --help")]
    [InlineData("approvals", "netclaw approvals wants to know what to do: list, allow, deny.", "netclaw approvals list")]
    [InlineData("nodes", "netclaw nodes wants to know what to do: list, describe, invoke, invite, approve, reject, rename, remove.", "netclaw nodes list")]
    [InlineData("sessions", "netclaw sessions wants to know what to do: list, history, send, cancel, rename, delete.", "netclaw sessions list")]
    [InlineData("sessions list --limit 0", "--limit takes a number from 1 to 1000.", "netclaw sessions list --help")]
    [InlineData("sessions send main -", "Stdin holds nothing to say.", "netclaw sessions send --help")]
    [InlineData("nodes invoke den system.which --params {", "--params: line 1, byte 2 is no JSON.", "netclaw nodes invoke --help")]
    [InlineData("nodes invoke den system.which --params @/none/such.json", "--params: /none/such.json cannot be read", "netclaw nodes invoke --help")]
    [InlineData("devices rotate --role node", "--role goes with a named protocol device, for a new token: netclaw devices rotate <device>.", "netclaw devices rotate --help")]
    [InlineData("devices rotate --scopes read --out token.txt", "--scopes, --out go with a named protocol device, for a new token: netclaw devices rotate <device>.", "netclaw devices rotate --help")]
    [InlineData("explain gateway_key_chnged", "There is no code 'gateway_key_chnged'. Did you mean 'gateway_key_changed'?", "netclaw explain gateway_key_changed")]
    [InlineData("logs --url http://far:1", "logs reads the log file of this machine's own home", "ssh <gateway's machine> netclaw logs")]
    [InlineData("up --url http://far:1", "--url and --profile do not go with it", "netclaw up")]
    public async Task Exits64WithOneWayOut_WhenMistyped(string line, string message, string remedy)
    {
        var run = await CliRun.Of(_home, line.Split(' '));

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal("", run.Out);
        Assert.Contains(message, run.Error);
        Assert.Contains("  code   usage_error", run.Error);
        Assert.Contains("  next   " + remedy, run.Error);
    }

    [Fact]
    public async Task TellsUsageErrorsAsJson_WhenJsonIsAskedFor()
    {
        var run = await CliRun.Of(_home, "statsu", "--json");

        Assert.Equal("", run.Out);
        Assert.Equal("usage_error", run.JsonError().GetProperty("code").GetString());
        Assert.Equal("netclaw status", run.JsonError().GetProperty("remedy").GetString());
    }

    [Fact]
    public async Task RefusesAnEndlessObject_WhenLogsAreFollowedAsJson()
    {
        var run = await CliRun.Of(_home, "logs", "--follow", "--json");

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Equal("netclaw logs --json", run.JsonError().GetProperty("remedy").GetString());
    }

    [Fact]
    public async Task ShowsHelp_WithoutArguments()
    {
        var run = await CliRun.Of(_home);

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Contains("netclaw [command] [options]", run.Out.Replace("testhost", "netclaw"));
        Assert.Contains("devices", run.Out);
        Assert.All(run.Out.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--version --json")]
    public async Task TellsItsVersion_WhenAsked(string line)
    {
        var run = await CliRun.Of(_home, line.Split(' '));

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Matches(@"netclaw.*0\.\d+\.\d+", run.Out);
        if (line.Contains("json", StringComparison.Ordinal))
        {
            Assert.Equal("netclaw", run.Json().GetProperty("name").GetString());
        }
    }

    [Fact]
    public async Task TakesAtSignsAsTheyAre_NotAsResponseFiles()
    {
        var run = await CliRun.Of(_home, "explain", "@" + _home.Write("args.txt", "timed_out"));

        Assert.Equal(ExitCodes.Usage, run.ExitCode);
        Assert.Contains("There is no code '@", run.Error);
    }

    public void Dispose() => _home.Dispose();
}
