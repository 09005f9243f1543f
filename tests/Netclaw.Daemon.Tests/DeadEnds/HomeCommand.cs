namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>A command about the home itself or about nothing but its arguments: whoever owns the home may use it, and no credential takes part.</summary>
/// <param name="Why">What it works with.</param>
/// <param name="Input">What is typed into it.</param>
internal sealed record HomeCommand(string Name, string Why, string[] Arguments, string? Input = null)
{
    /// <summary>In the order in which they are run: the daemon is started, looked at, stopped, and run once more in the foreground.</summary>
    public static IReadOnlyList<HomeCommand> All { get; } =
    [
        new("daemon start", "starts a process", ["--listen", "127.0.0.1:0"]),
        new("daemon status", "the lock and the control socket of the home", []),
        new("up", "starts a process unless it runs; then as `status` and `daemon pair`", ["--listen", "127.0.0.1:0"]),
        new("logs", "a file of the home", ["-n", "1"]),
        new("config check", "a file of the home", []),
        new("config show", "a file of the home", []),
        new("config schema", "nothing", []),
        new("policy explain", "what is typed into it, and the configuration", [], "{}\n"),
        new("policy schema", "nothing", []),
        new("doctor", "the home, and its daemon if one runs", []),
        new("doctor proxy", "the control socket of the home, and the proxy", ["--url", "<bound>"]),
        new("recover local-access", "the home: through its daemon if one runs, else by netclawd alone", ["--dry-run"]),
        new("explain", "nothing", ["device_revoked"]),
        new("completion", "nothing", ["bash"]),
        new("import", "files of an earlier gateway, and the control socket or the journal of the home", ["<devices>"]),
        new("backup create", "the home, beside its daemon if one runs", ["--to", "<backup>"]),
        new("backup verify", "the archive", ["<backup>"]),
        new("backup restore", "the archive, and the home without a daemon", ["<backup>", "--dry-run"]),
        new("backup unpack", "the archive, and a directory", ["<backup>", "--to", "<unpacked>"]),
        new("backup schedule", "the crontab of the user", ["--print"]),
        new("auth rotate", "a file of the home", []),
        new("daemon install", "a file of systemd's, for the user or the machine", ["--dry-run"]),
        new("daemon uninstall", "a file of systemd's, for the user or the machine", ["--dry-run"]),
        new("daemon stop", "a signal to a process of the same user", []),
        new("daemon run", "becomes the daemon", ["--listen", "127.0.0.1:0"]),
        new("down", "a signal to a process of the same user", []),
    ];
}
