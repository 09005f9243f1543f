using System.Security.Cryptography;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>Where everything of one installation lives. <c>NETCLAW_HOME</c>, else <c>~/.netclaw</c>. Paths only: nothing is created here.</summary>
public sealed class NetclawHome
{
    /// <summary>The kernel's limit for a socket path, without its terminating zero.</summary>
    public const int SocketPathLimit = 107;

    public const string Variable = "NETCLAW_HOME";

    private NetclawHome(string root, string runDirectory)
    {
        Root = root;
        RunDirectory = runDirectory;
    }

    public string Root { get; }

    /// <summary>Holds the control socket and nothing of value. In the home unless that path is too long for a socket.</summary>
    public string RunDirectory { get; }

    public string ControlSocket => Path.Combine(RunDirectory, "control.sock");

    /// <summary>Held by the running daemon (an exclusive advisory lock); contains its pid.</summary>
    public string LockFile => Path.Combine(Root, "run", "netclawd.lock");

    /// <summary>What the running daemon bound, as JSON (<see cref="RunFile"/>). A hint, never a proof.</summary>
    public string RunFile => Path.Combine(Root, "run", "netclawd.json");

    public string ConfigFile => Path.Combine(Root, "netclaw.json");
    public string KeysDirectory => Path.Combine(Root, "keys");
    public string GatewayKey => Path.Combine(KeysDirectory, "gateway.key");

    /// <summary>The shared token that the daemon makes at its first start in auth mode <c>token</c>.</summary>
    public string GatewayTokenFile => Path.Combine(KeysDirectory, "gateway.token");
    public string GatewayMark => Path.Combine(KeysDirectory, "gateway.json");
    public string HostKey => Path.Combine(KeysDirectory, "host.key");

    /// <summary>A new host key before it takes the place of the one in force.</summary>
    public string NextHostKey => Path.Combine(KeysDirectory, "host.key.next");

    /// <summary>Stands there while a full reset is under way.</summary>
    public string ResetOrder => Path.Combine(KeysDirectory, "reset.json");
    public string JournalKey => Path.Combine(KeysDirectory, "journal.key");

    /// <summary>Signs what is posted to webhooks; made when the first is.</summary>
    public string WebhookKey => Path.Combine(KeysDirectory, "webhook.key");
    public string StateDirectory => Path.Combine(Root, "state");
    public string JournalDatabase => Path.Combine(StateDirectory, "netclaw.db");
    public string SnapshotDatabase => Path.Combine(StateDirectory, "snapshot.db");

    /// <summary>What a restore has prepared and not yet put in place: a home of its own.</summary>
    public string Restoring => Path.Combine(StateDirectory, "restoring");

    /// <summary>A restore that is under way; stands there from its point of no return until its end.</summary>
    public string RestoreOrder => Path.Combine(KeysDirectory, "restore.json");

    /// <summary>Archives, with every key in them; 0700.</summary>
    public string BackupsDirectory => Path.Combine(Root, "backups");
    public string LogsDirectory => Path.Combine(Root, "logs");
    public string DaemonLog => Path.Combine(LogsDirectory, "netclawd.log");
    public string AuditLog => Path.Combine(LogsDirectory, "audit.jsonl");
    public string ClientDirectory => Path.Combine(Root, "client");
    public string Profiles => Path.Combine(ClientDirectory, "profiles.json");

    /// <summary>The home of this process's user.</summary>
    public static NetclawHome Current(Func<string, string?> environment) =>
        At(environment(Variable) is { Length: > 0 } root
            ? root
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".netclaw"), environment);

    public static NetclawHome At(string root, Func<string, string?> environment)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        var run = Path.Combine(full, "run");
        return new NetclawHome(full, FitsSocket(run) ? run : ShortRunDirectory(full, environment));
    }

    private static bool FitsSocket(string directory) =>
        Encoding.UTF8.GetByteCount(Path.Combine(directory, "control.sock")) <= SocketPathLimit;

    /// <summary>What <see cref="RunDirectory"/> is called where the home's own path is too long for a socket.</summary>
    /// <param name="root">The home's full path.</param>
    public static string ShortRunName(string root) => "netclaw-" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16];

    /// <summary>
    /// What a system unit made for it in /run, where nobody but root can; else under the user's own runtime directory. Never under /tmp, where anybody could be first.
    /// </summary>
    private static string ShortRunDirectory(string root, Func<string, string?> environment)
    {
        var name = ShortRunName(root);
        if (Path.Combine("/run", name) is var made && Directory.Exists(made))
        {
            return made;
        }

        var runtime = environment("XDG_RUNTIME_DIR") is { Length: > 0 } xdg && FitsSocket(Path.Combine(xdg, name)) ? xdg : $"/run/user/{UserId.Current}";
        return Path.Combine(runtime, name);
    }
}
