using Netclaw.Cli.Service;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Service;

/// <summary>The unit's file, in a directory of the test's; systemd itself is not asked.</summary>
public sealed class InstallServiceTests : IDisposable
{
    private readonly TemporaryHome _home = new();

    private string Unit => Path.Combine(_home.Root, "units", "netclaw.service");

    [Fact]
    public async Task Install_WritesTheUnit_OnceAndForAll()
    {
        var first = await RunAsync("install", "--json");
        var written = await File.ReadAllTextAsync(Unit);
        var second = await RunAsync("install", "--json");

        Assert.Equal("written", first.Json().GetProperty("state").GetString());
        Assert.Equal("unchanged", second.Json().GetProperty("state").GetString());
        Assert.Equal(written, await File.ReadAllTextAsync(Unit));
        Assert.Contains($"ExecStart=\"{Program}\" run --home \"{_home.Root}\"\n", written, StringComparison.Ordinal);
        Assert.Contains("Type=notify\n", written, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead, File.GetUnixFileMode(Unit));
        Assert.Contains("enable --now netclaw.service", first.Json().GetProperty("next").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Install_FollowsTheSettings_WithoutForce()
    {
        await RunAsync("install");
        _home.Write("netclaw.json", """{"shutdown":{"drainSeconds":100}}""");

        Assert.Equal("written", (await RunAsync("install", "--json")).Json().GetProperty("state").GetString());

        Assert.Contains("TimeoutStopSec=120\n", await File.ReadAllTextAsync(Unit), StringComparison.Ordinal);
        Assert.False(File.Exists(Unit + ".before"));
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public async Task UnitThatWasEdited_Stays_UntilForced(string verb)
    {
        await RunAsync("install");
        var edited = (await File.ReadAllTextAsync(Unit)).Replace("RestartSec=2", "RestartSec=9", StringComparison.Ordinal);
        await File.WriteAllTextAsync(Unit, edited);

        var refused = await RunAsync(verb, "--json");
        Assert.Equal("unit_not_ours", refused.JsonError().GetProperty("code").GetString());
        Assert.Equal(edited, await File.ReadAllTextAsync(Unit));

        Assert.Equal(0, (await RunAsync(verb, "--force")).ExitCode);
        Assert.Equal(edited, await File.ReadAllTextAsync(Unit + ".before"));
        Assert.Equal(verb == "install", File.Exists(Unit));
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public async Task UnitOfSomebodyElse_Stays(string verb)
    {
        _home.Write("units/netclaw.service", "[Service]\nExecStart=/bin/true\n");

        Assert.Equal("unit_not_ours", (await RunAsync(verb, "--json")).JsonError().GetProperty("code").GetString());
        Assert.Equal("[Service]\nExecStart=/bin/true\n", await File.ReadAllTextAsync(Unit));
    }

    [Fact]
    public async Task UnitOfAnotherHome_Stays()
    {
        await RunAsync("install");
        using var other = new TemporaryHome();

        var refused = await RunAsync(other, "install", "--json");

        Assert.Contains(_home.Root, refused.JsonError().GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains($"# home: {_home.Root}\n", await File.ReadAllTextAsync(Unit), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Print_ShowsTheUnitAndNothingElse_AndDryRunWritesNothing()
    {
        var printed = await RunAsync("install", "--print");
        var dry = await RunAsync("install", "--dry-run", "--json");

        Assert.EndsWith("WantedBy=multi-user.target\n", printed.Out.Replace("default.target", "multi-user.target", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal("would write", dry.Json().GetProperty("state").GetString());
        Assert.Equal(printed.Out, dry.Json().GetProperty("text").GetString());
        Assert.False(Directory.Exists(Path.GetDirectoryName(Unit)));
    }

    [Fact]
    public async Task Uninstall_RemovesTheUnit_AndSaysWhatStays()
    {
        await RunAsync("install");
        Assert.Equal("would remove", (await RunAsync("uninstall", "--dry-run", "--json")).Json().GetProperty("state").GetString());
        Assert.True(File.Exists(Unit));

        var removed = (await RunAsync("uninstall", "--json")).Json();

        Assert.Equal("removed", removed.GetProperty("state").GetString());
        Assert.Equal(_home.Root, removed.GetProperty("stays").GetString());
        Assert.False(File.Exists(Unit));
        Assert.Equal("none", (await RunAsync("uninstall", "--json")).Json().GetProperty("state").GetString());
    }

    [Fact]
    public async Task SystemUnit_RunsAsTheNamedUser_OnThatUsersHome()
    {
        var text = (await CliRun.Of(_home, new Dictionary<string, string> { ["NETCLAWD"] = Program }, "", "daemon", "install", "--system", "--user", "root", "--print")).Out;
        Assert.Contains("User=root\n", text, StringComparison.Ordinal);
        Assert.Contains($"ReadWritePaths=\"{_home.Root}\"\n", text, StringComparison.Ordinal);
        Assert.Contains("PrivateTmp=no\n", text, StringComparison.Ordinal); // the home is in /tmp

        var nobody = await CliRun.Of(_home, new Dictionary<string, string> { ["NETCLAWD"] = Program }, "", "daemon", "install", "--system", "--user", "no-such-user", "--print", "--json");
        Assert.Equal("usage_error", nobody.JsonError().GetProperty("code").GetString());
    }

    /// <summary>The user's unit and the system's are watched and started again alike; only what changes nothing by a new start is left down.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Unit_IsWatched_AndStartedAgain(bool system)
    {
        var lines = Lines(_home, system);

        Assert.Contains("Type=notify", lines);
        Assert.Contains("WatchdogSec=60", lines);
        Assert.Contains("Restart=on-failure", lines);
        Assert.Contains("RestartSec=2", lines);
        Assert.Contains($"RestartPreventExitStatus={ExitCodes.Usage} {ExitCodes.Refused} {ExitCodes.Config}", lines);
        Assert.Contains("StartLimitBurst=5", lines);
        Assert.Equal(system ? "WantedBy=multi-user.target" : "WantedBy=default.target", lines[^1]);
    }

    /// <summary>A user's daemon has a directory of its own; the system's gets one for the socket of other users, or for its own where the home's path is too long for one.</summary>
    [Fact]
    public void SystemUnitAlone_HasADirectoryForItsSocket()
    {
        Assert.DoesNotContain(Lines(_home, system: false), line => line.StartsWith("RuntimeDirectory", StringComparison.Ordinal));
        Assert.Equal(["RuntimeDirectory=netclaw", "RuntimeDirectoryMode=0711"], Place(Lines(_home, system: true)));

        using var longer = new TemporaryHome(new string('h', 120));
        Assert.Equal([$"RuntimeDirectory={NetclawHome.ShortRunName(longer.Root)}", "RuntimeDirectoryMode=0700"], Place(Lines(longer, system: true)));

        static IEnumerable<string> Place(string[] lines) => lines.Where(line => line.StartsWith("RuntimeDirectory", StringComparison.Ordinal));
    }

    public void Dispose() => _home.Dispose();

    /// <summary>Made from facts: whose unit the command writes depends on who runs it.</summary>
    private static string[] Lines(TemporaryHome home, bool system) => ServiceUnit
        .Render(new UnitFacts(Program, null, NetclawHome.At(home.Root, _ => null), system ? Account.Named("root") : null, TimeSpan.FromSeconds(30)))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static string Program => Environment.ProcessPath!;

    private Task<CliRun> RunAsync(params string[] arguments) => RunAsync(_home, arguments);

    private Task<CliRun> RunAsync(TemporaryHome home, params string[] arguments) =>
        CliRun.Of(home, new() { ["NETCLAWD"] = Program, ["HOME"] = _home.Root }, "", ["daemon", arguments[0], "--unit-dir", Path.GetDirectoryName(Unit)!, .. arguments[1..]]);
}
