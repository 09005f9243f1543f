using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests;

/// <summary>The daemon as a service: what its unit says holds for systemd and for the daemon.</summary>
public sealed partial class ServiceTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    [WithProgramFact(WithProgramFactAttribute.SystemdAnalyze)]
    public async Task Unit_IsSoundToSystemd_AndHoldsTheDaemonIn()
    {
        await using var machine = new Machine();
        var odd = Path.Combine(machine.Root, "my home 100%\"x");
        Directory.CreateDirectory(odd);
        machine.Variables["NETCLAW_HOME"] = odd;
        (await machine.RunAsync("daemon", "install", "--system", "--user", "daemon", "--unit-dir", machine.Root)).Expect(0);

        await using var verify = machine.StartProgram(WithProgramFactAttribute.SystemdAnalyze, null, "verify", Path.Combine(machine.Root, "netclaw.service"));
        var verified = (await verify.FinishAsync()).Expect(0);
        Assert.Equal("", verified.Error);

        await using var security = machine.StartProgram(WithProgramFactAttribute.SystemdAnalyze, null, "security", "--offline=true", "--threshold=25", Path.Combine(machine.Root, "netclaw.service"));
        Assert.Contains("Overall exposure level", (await security.FinishAsync()).Expect(0).Out, StringComparison.Ordinal);
    }

    /// <summary>What a user's own manager makes of the user's own unit.</summary>
    [WithProgramFact(WithProgramFactAttribute.SystemdAnalyze)]
    public async Task UserUnit_IsSoundToSystemd()
    {
        await using var machine = new Machine();
        string[] stranger = UserId.Current == UserId.Root ? [AsRootFactAttribute.SetPriv, "--reuid", Doctoring.Scenario.Stranger, "--regid", Doctoring.Scenario.Stranger, "--clear-groups"] : [];
        var unit = (await Doctoring.Scenario.ScriptAsync(machine, "env", stranger, "", "exec $netclaw daemon install --print")).Expect(0).Out; // root's would be the system's
        Assert.EndsWith("WantedBy=default.target\n", unit);
        var file = Path.Combine(machine.Root, "netclaw.service");
        await File.WriteAllTextAsync(file, unit);

        await using var verify = machine.StartProgram(WithProgramFactAttribute.SystemdAnalyze, null, new() { ["XDG_RUNTIME_DIR"] = machine.Root }, ["--user", "verify", file]);

        Assert.Equal("", (await verify.FinishAsync()).Expect(0).Error);
    }

    /// <summary>The calls that the unit takes away are failed one and all, as the kernel would under it.</summary>
    [WithProgramFact(WithProgramFactAttribute.SystemdAnalyze, WithProgramFactAttribute.Strace)]
    public async Task Daemon_ServesAndPairs_WithTheCallsOfItsUnitAlone()
    {
        await using var machine = new Machine();
        var unit = (await machine.RunAsync("daemon", "install", "--print")).Expect(0).Out;
        var filters = Filter().Matches(unit).Select(match => match.Groups["value"].Value).ToArray();
        Assert.Equal(["@system-service", "~@privileged @resources", "sched_setaffinity"], filters);
        var taken = (await CallsAsync(machine, "@privileged", "@resources")).Except(["sched_setaffinity"]).ToArray();
        Assert.Contains("setuid", taken);
        var known = string.Join(',', taken.Select(call => "?" + call)); // "?": not every machine has every call

        await using var daemon = machine.StartProgram(
            WithProgramFactAttribute.Strace, null, "-f", "-qq", "-o", "/dev/null", "-e", $"trace={known}", "-e", $"inject={known}:error=EPERM",
            Executables.Daemon, "run", "--home", machine.Root, "--listen", "127.0.0.1:0");
        await Eventually.TrueAsync(
            async () => daemon.HasExited || await machine.RunAsync("daemon", "status", "--json") is { ExitCode: ExitCodes.Ok } status && status.Json().GetProperty("ready").GetBoolean(),
            "the daemon is ready");

        Assert.False(daemon.HasExited, daemon.Error);
        Assert.NotEmpty(await machine.CodeAsync());
        (await machine.RunAsync("down")).Expect(0);
        (await daemon.FinishAsync()).Expect(0);
    }

    [Fact]
    public async Task Manager_HearsThatTheDaemonServesLivesAndStops()
    {
        await using var machine = new Machine();
        using var socket = Listening(machine, out var place);
        await using var daemon = machine.StartProgram(
            Executables.Daemon, null, new() { ["NOTIFY_SOCKET"] = place, ["WATCHDOG_USEC"] = "400000" }, ["run", "--home", machine.Root, "--listen", "127.0.0.1:0"]);

        Assert.StartsWith($"READY=1\nSTATUS=serving {machine.Root} on 127.0.0.1:", await HeardAsync(socket));
        Assert.Equal("WATCHDOG=1", await HeardAsync(socket));
        Assert.Equal("WATCHDOG=1", await HeardAsync(socket));
        Assert.True((await machine.JsonAsync("daemon", "status")).GetProperty("ready").GetBoolean());

        Signal.Send(daemon.Pid, Signal.Terminate);
        string heard;
        while ((heard = await HeardAsync(socket)) == "WATCHDOG=1")
        {
        }

        Assert.StartsWith("STOPPING=1\n", heard);
        Assert.Contains("EXTEND_TIMEOUT_USEC=", heard, StringComparison.Ordinal);
        (await daemon.FinishAsync()).Expect(0);
    }

    [Fact]
    public async Task Manager_HearsWhyTheDaemonDidNotStart()
    {
        await using var machine = new Machine();
        await File.WriteAllTextAsync(machine.Home.ConfigFile, """{"listn":{}}""");
        using var socket = Listening(machine, out var place);
        await using var daemon = machine.StartProgram(Executables.Daemon, null, new() { ["NOTIFY_SOCKET"] = place }, ["run", "--home", machine.Root]);

        Assert.StartsWith("STATUS=not started: ", await HeardAsync(socket));
        (await daemon.FinishAsync()).Expect(ExitCodes.Config);
    }

    /// <summary>A warning of the settings, and a rotation that cannot be: a directory is where the former file should go.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task StandardError_HasEachWarningAndErrorOnce_AndTheFileHasEverything(bool isJournal)
    {
        await using var machine = new Machine();
        using var socket = Listening(machine, out var place);
        await File.WriteAllTextAsync(machine.Home.ConfigFile, """{"auth":{"mode":"none"},"logging":{"maxBytes":65536}}""");
        Directory.CreateDirectory(machine.Home.DaemonLog + ".1", Owner);
        File.SetUnixFileMode(machine.Home.LogsDirectory, Owner);
        await File.WriteAllTextAsync(machine.Home.DaemonLog, string.Concat(Enumerable.Repeat("what was before\n", 4096)));
        await using var daemon = StartUnder(machine, place, isJournal);
        Assert.StartsWith("READY=1\n", await HeardAsync(socket));
        Signal.Send(daemon.Pid, Signal.Terminate);
        var said = (await daemon.FinishAsync()).Expect(0).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var log = (await File.ReadAllLinesAsync(machine.Home.DaemonLog)).SkipWhile(line => line == "what was before").ToArray();
        Assert.Contains(log, line => line.Contains(" info  ", StringComparison.Ordinal) && line.EndsWith("stopped", StringComparison.Ordinal));
        Assert.Equal(log.Where(line => Problem().IsMatch(line)).Select(line => !isJournal ? line : line.Contains(" warn  ", StringComparison.Ordinal) ? "<4>" + line : "<3>" + line), said);
        Assert.Single(said, line => line.Contains("cannot be rotated, and grows", StringComparison.Ordinal));
        Assert.Contains(said, line => line.Contains(" warn  ", StringComparison.Ordinal));
        Assert.Equal(said.Distinct(), said);
    }

    [Theory]
    [InlineData(false, "")]
    [InlineData(true, "<3>")]
    public async Task StandardError_HasEachReasonOnce_WhenTheDaemonDoesNotStart(bool isJournal, string rank)
    {
        await using var machine = new Machine();
        using var socket = Listening(machine, out var place);
        await File.WriteAllTextAsync(machine.Home.ConfigFile, """{"listn":{},"logging":{"keep":0}}""");
        await using (var daemon = StartUnder(machine, place, isJournal))
        {
            var said = (await daemon.FinishAsync()).Expect(ExitCodes.Config).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            Assert.Equal(2, said.Length);
            Assert.All(said, line => Assert.StartsWith($"{rank}netclawd does not start: config_", line));
            Assert.Single(said, line => line.Contains(" logging.keep = 0: ", StringComparison.Ordinal) && line.Contains("Write 1 to 100 files.", StringComparison.Ordinal));
        }

        // A journal that was rolled back is noticed after the log was opened.
        File.Delete(machine.Home.ConfigFile);
        await machine.UpAsync();
        (await machine.RunAsync("down")).Expect(0);
        var journal = Assert.Single(Directory.GetFiles(machine.Root, "netclaw.db", SearchOption.AllDirectories));
        File.Copy(journal, journal + ".before");
        await machine.UpAsync();
        await using (var phone = new Machine())
        {
            await phone.PairWithAsync(machine);
        }

        (await machine.RunAsync("down")).Expect(0);
        File.Move(journal + ".before", journal, overwrite: true);

        await using var late = StartUnder(machine, place, isJournal);
        var reason = Assert.Single((await late.FinishAsync()).Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith($"{rank}netclawd does not start: ", reason);
        Assert.Single(await File.ReadAllLinesAsync(machine.Home.DaemonLog), line => line.Contains(" not started: ", StringComparison.Ordinal));
    }

    private static Socket Listening(Machine machine, out string place)
    {
        place = Path.Combine(machine.Root, "notify");
        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(place));
        return socket;
    }

    /// <param name="isJournal">Whether it is told that its standard error is the journal's.</param>
    private static Running StartUnder(Machine machine, string place, bool isJournal) => machine.StartProgram(
        "/bin/sh", null, new() { ["NOTIFY_SOCKET"] = place },
        ["-c", (isJournal ? "export JOURNAL_STREAM=$(stat -L -c %d:%i /proc/self/fd/2); " : "export JOURNAL_STREAM=1:2; ") + "exec \"$0\" run --home \"$1\" --listen 127.0.0.1:0", Executables.Daemon, machine.Root]);

    private static async Task<string> HeardAsync(Socket socket)
    {
        var buffer = new byte[4096];
        using var bound = new CancellationTokenSource(Bound);
        return Encoding.UTF8.GetString(buffer, 0, await socket.ReceiveAsync(buffer, bound.Token));
    }

    /// <summary>The members of sets of calls, those of the sets in them included.</summary>
    private static async Task<HashSet<string>> CallsAsync(Machine machine, params string[] sets)
    {
        var calls = new HashSet<string>(StringComparer.Ordinal);
        foreach (var set in sets)
        {
            await using var listing = machine.StartProgram(WithProgramFactAttribute.SystemdAnalyze, null, "syscall-filter", set);
            var members = (await listing.FinishAsync()).Expect(0).Out.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#' && line != set).ToArray();
            calls.UnionWith(members.Where(member => member[0] != '@'));
            calls.UnionWith(await CallsAsync(machine, [.. members.Where(member => member[0] == '@')]));
        }

        return calls;
    }

    [GeneratedRegex("^SystemCallFilter=(?<value>.*)$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Filter();

    [GeneratedRegex("^\\S+ (?:warn |error|fatal) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Problem();
}
