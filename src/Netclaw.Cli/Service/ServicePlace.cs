using Netclaw.Protocol;

namespace Netclaw.Cli.Service;

/// <summary>Where a unit lies and how its manager is spoken to.</summary>
internal sealed record ServicePlace(string File, bool IsSystem)
{
    public const string Name = "netclaw.service";

    private const string SystemDirectory = "/etc/systemd/system";

    /// <summary>As systemd.unit(5) says for a user's own units.</summary>
    public static ServicePlace User(Func<string, string?> environment)
    {
        var config = environment("XDG_CONFIG_HOME") is { Length: > 0 } named && Path.IsPathFullyQualified(named)
            ? named
            : Path.Combine(environment("HOME") is { Length: > 0 } home ? home : Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".config");
        return new ServicePlace(Path.Combine(config, "systemd", "user", Name), IsSystem: false);
    }

    public static ServicePlace System() => new(Path.Combine(SystemDirectory, Name), IsSystem: true);

    /// <summary>Root has no manager of its own worth the name: its daemon belongs to the system's.</summary>
    public static ServicePlace Of(bool system, Func<string, string?> environment) => system || UserId.Current == UserId.Root ? System() : User(environment);

    public string[] Control(params ReadOnlySpan<string> words) => IsSystem ? ["systemctl", .. words] : ["systemctl", "--user", .. words];
}
