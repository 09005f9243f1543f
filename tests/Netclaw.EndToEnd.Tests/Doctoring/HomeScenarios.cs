using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.Testing;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>The home itself, its files, its address, its unit.</summary>
internal static class HomeScenarios
{
    private const UnixFileMode ReadableByAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const UnixFileMode OpenToAll = ReadableByAll | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
    private const string Visit = "exec $netclaw doctor --only $check --json";

    public static IEnumerable<Scenario> ForAnybody { get; } =
    [
        Scenario.Of("home", "home_absent", machine => machine.Variables["NETCLAW_HOME"] = Path.Combine(machine.Root, "none")),
        Scenario.Of("home", "home_not_directory", machine => File.WriteAllText(machine.Home.StateDirectory, "")),
        Scenario.Of("home", "home_open", async machine =>
        {
            await Scenario.OnceAsync(machine);
            File.SetUnixFileMode(machine.Home.StateDirectory, OpenToAll);
        }),
        Scenario.Of("secrets", "secret_open", async machine =>
        {
            await Scenario.OnceAsync(machine);
            File.SetUnixFileMode(machine.Home.GatewayKey, ReadableByAll);
        }),
        Scenario.Of("secrets", "config_secret_open", machine =>
        {
            Scenario.Config(machine, """{"auth":{"token":"0123456789abcdef0123456789abcdef"}}""");
            File.SetUnixFileMode(machine.Home.ConfigFile, ReadableByAll);
        }),
        new("ports", "port_taken", async machine =>
        {
            using var other = new TcpListener(IPAddress.Loopback, 0);
            other.Start();
            Scenario.Config(machine, $$"""{"listen":{"port": {{((IPEndPoint)other.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture)}} } }""");
            return await Scenario.DoctorAsync(machine, "ports");
        }),
        Scenario.Of("ports", "address_absent", machine => Scenario.Config(machine, """{"listen":{"address":"192.0.2.1"}}""")),
        Scenario.Of("ports", "port_not_held", async machine =>
        {
            await machine.UpAsync();
            var run = File.ReadAllText(machine.Home.RunFile);
            File.WriteAllText(machine.Home.RunFile, run.Replace(machine.Url, "http://127.0.0.1:1", StringComparison.Ordinal));
        }),
        Scenario.Of("service", "service_disabled", machine => UnitAsync(machine, unit => unit)),
        Scenario.Of("service", "service_program_missing", machine => UnitAsync(machine, unit => unit.Replace("/netclawd\"", "/netclawd-of-yesterday\"", StringComparison.Ordinal))),
        Scenario.Of("service", "service_program_other", machine => UnitAsync(machine, unit => unit.Replace(Executables.Daemon, "/bin/true", StringComparison.Ordinal))),
        Scenario.Of("service", "service_home_other", machine => UnitAsync(machine, unit => unit.Replace($"--home \"{machine.Root}\"", "--home \"/home/somebody/.netclaw\"", StringComparison.Ordinal))),
        Scenario.Of("control-socket", "control_socket_foreign", machine =>
        {
            Directory.CreateDirectory(machine.Home.RunDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.WriteAllText(machine.Home.ControlSocket, "");
        }),
        Scenario.Of("control-socket", "control_socket_elsewhere", machine => Long(machine, machine.Root)),
        Scenario.Of("control-socket", "socket_path_too_long", machine => Long(machine, Path.Combine(machine.Root, "none"))),
        Scenario.Of("clock", "clock_behind", machine =>
        {
            Scenario.Config(machine, "{}");
            File.SetLastWriteTimeUtc(machine.Home.ConfigFile, TimeProvider.System.GetUtcNow().UtcDateTime.AddDays(1));
        }),
    ];

    public static IEnumerable<Scenario> ForRoot { get; } =
    [
        Scenario.Of("home", "home_foreign", async machine =>
        {
            await Scenario.OnceAsync(machine);
            await ChownAsync(machine, machine.Home.StateDirectory);
        }),
        Scenario.Of("secrets", "secret_foreign", async machine =>
        {
            await Scenario.OnceAsync(machine);
            await ChownAsync(machine, machine.Home.GatewayTokenFile);
        }),
        Scenario.InNamespace("home", "home_read_only", $"mount --bind . . && mount -o remount,ro,bind . && {Visit}"),
        Scenario.InNamespace("home", "disk_full", $"mount -t tmpfs -o size=8m,mode=700 none \"$NETCLAW_HOME\" && {Visit}"),
        Scenario.InNamespace("home", "disk_low", $"mount -t tmpfs -o size=64m,mode=700 none \"$NETCLAW_HOME\" && {Visit}"),
        new("home", "home_not_writable", async machine =>
        {
            await ChownAsync(machine, machine.Root);
            File.SetUnixFileMode(machine.Root, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            return await AsStrangerAsync(machine, "home", Visit);
        }),
        new("ports", "port_privileged", async machine =>
        {
            Scenario.Config(machine, """{"listen":{"port":80}}""");
            await ChownAsync(machine, machine.Root);
            return await Scenario.ScriptAsync(machine, "unshare", ["-n", AsRootFactAttribute.SetPriv, .. Identity()], "ports", Visit);
        }),
    ];

    private static string[] Identity() => ["--reuid", Scenario.Stranger, "--regid", Scenario.Stranger, "--clear-groups"];

    private static Task<Finished> AsStrangerAsync(Machine machine, string check, string script) => Scenario.ScriptAsync(machine, "setpriv", Identity(), check, script);

    private static async Task ChownAsync(Machine machine, string path)
    {
        await using var process = machine.StartProgram("/bin/chown", null, "-R", $"{Scenario.Stranger}:{Scenario.Stranger}", path);
        (await process.FinishAsync()).Expect(0);
    }

    /// <summary>Where a user's own unit is looked for, whoever the user is.</summary>
    private static async Task UnitAsync(Machine machine, Func<string, string> change)
    {
        machine.Variables["XDG_CONFIG_HOME"] = Path.Combine(machine.Root, "config");
        var unit = (await machine.RunAsync("daemon", "install", "--print")).Expect(0).Out;
        var place = Path.Combine(machine.Root, "config", "systemd", "user");
        Directory.CreateDirectory(place);
        File.WriteAllText(Path.Combine(place, "netclaw.service"), change(unit));
    }

    private static void Long(Machine machine, string runtime)
    {
        var home = Path.Combine(machine.Root, new string('h', 120));
        Directory.CreateDirectory(home, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        machine.Variables["NETCLAW_HOME"] = home;
        machine.Variables["XDG_RUNTIME_DIR"] = runtime;
    }
}
