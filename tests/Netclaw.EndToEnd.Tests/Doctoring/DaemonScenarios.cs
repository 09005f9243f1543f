using Netclaw.EndToEnd.Tests.Machines;

namespace Netclaw.EndToEnd.Tests.Doctoring;

/// <summary>The daemon, its configuration, and who is paired.</summary>
internal static class DaemonScenarios
{
    private const string Proxied = """{"listen":{"port":0},"exposure":{"mode":"reverse-proxy","trustedProxies":["127.0.0.1"],"externalUrl":"https://gw.example.org"}}""";

    /// <summary>A daemon whose disk is full when it has something to write.</summary>
    private const string FullDisk = """
        mount -t tmpfs -o size=12m,mode=700 none "$NETCLAW_HOME" && cd "$NETCLAW_HOME" &&
        $netclaw up --no-code --listen 127.0.0.1:0 --json >/dev/null &&
        { dd if=/dev/zero of=fill bs=4k 2>/dev/null; for i in 1 2 3 4 5 6 7 8; do $netclaw daemon pair --json >/dev/null 2>&1; done; true; } &&
        { $netclaw doctor --only $check --json; code=$?; rm fill; $netclaw down --force >/dev/null 2>&1; exit $code; }
        """;

    public static IEnumerable<Scenario> ForAnybody { get; } =
    [
        Scenario.Of("daemon", "daemon_not_running", _ => { }),
        new("daemon", "daemon_wedged", async machine =>
        {
            await machine.UpAsync();
            Signal.Send(machine.DaemonPid, Signal.Stop);
            try
            {
                return await Scenario.DoctorAsync(machine, "daemon");
            }
            finally
            {
                Signal.Send(machine.DaemonPid, Signal.Continue);
            }
        }),
        Scenario.Of("lock", "lock_stale", KilledAsync),
        Scenario.Of("lock", "lock_foreign", machine => Directory.CreateDirectory(machine.Home.LockFile)),
        Scenario.Of("control-socket", "control_socket_stale", KilledAsync),
        Scenario.Of("control-socket", "control_socket_missing", async machine =>
        {
            await machine.UpAsync();
            File.Delete(machine.Home.ControlSocket);
        }),
        Scenario.Of("configuration", "config_invalid", machine => Scenario.Config(machine, """{"listen":{"prot":1}}""")),
        Scenario.Of("configuration", "opt_in", machine => Scenario.Config(machine, Proxied)),
        Scenario.Of("exposure", "proxy_unreachable", machine => Scenario.Config(machine, """{"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.7"]}}""")),
        Scenario.Of("exposure", "proxy_unproven", machine => Scenario.Config(machine, Proxied)),
        Scenario.Of("exposure", "exposure_outdated", async machine =>
        {
            await machine.UpAsync();
            Scenario.Config(machine, Proxied);
        }),
        Scenario.Of("in-force", "opt_in_outdated", async machine =>
        {
            Scenario.Config(machine, Proxied);
            await machine.JsonAsync("daemon", "start");
            Scenario.Config(machine, """{"listen":{"port":0}}""");
        }),
        Scenario.Of("tunnel", "tunnel_down", machine => Scenario.Config(machine, """{"exposure":{"mode":"cloudflare-tunnel"}}""")),
        Scenario.Of("tunnel", "tunnel_unseen", machine => Scenario.Config(machine, """{"exposure":{"mode":"cloudflare-tunnel","skipTunnelProcessCheck":true}}""")),
        new("pairing", "pairing_waits", async machine =>
        {
            await using var device = new Machine();
            await machine.UpAsync();
            await using var waiting = device.Start(null, "pair", machine.Url, "--request", "--name", "tablet", "--json");
            await Eventually.TrueAsync(() => Task.FromResult(waiting.Error.Contains("\"waiting\"", StringComparison.Ordinal)), "the request");
            return await Scenario.DoctorAsync(machine, "pairing");
        }),
        Scenario.Of("pairing", "local_pairing_suspended", async machine =>
        {
            await Scenario.OnceAsync(machine);
            Scenario.Config(machine, Proxied);
            await machine.JsonAsync("daemon", "start");
        }),
        Scenario.Of("(any)", "timed_out", _ => { }) with { Visit = machine => machine.RunAsync("doctor", "--only", "configuration", "--timeout", "1ms", "--json") },
        Scenario.Of("(any)", "part_missing", machine => machine.Variables["NETCLAWD"] = "/none/netclawd") with
        {
            Visit = machine =>
            {
                machine.Variables["NETCLAWD"] = "/none/netclawd";
                return machine.RunAsync("doctor", "--only", "journal", "--json");
            },
        },
    ];

    public static IEnumerable<Scenario> ForRoot { get; } =
    [
        Scenario.InNamespace("daemon", "daemon_not_ready", FullDisk),
        Scenario.InNamespace("journal", "journal_failed", FullDisk),
        Scenario.InNamespace("journal", "journal_mark_behind", """
            $netclaw up --no-code --listen 127.0.0.1:0 --json >/dev/null &&
            mount --bind keys keys && mount -o remount,ro,bind keys && $netclaw daemon pair --json >/dev/null && sleep 1 &&
            { $netclaw doctor --only $check --json; code=$?; $netclaw down --force >/dev/null 2>&1; exit $code; }
            """),
    ];

    private static async Task KilledAsync(Machine machine)
    {
        await machine.UpAsync();
        await machine.KillDaemonAsync();
    }
}
