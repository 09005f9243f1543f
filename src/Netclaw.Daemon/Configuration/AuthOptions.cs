namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>auth</c>: which shared credentials are accepted beside device keys, the host key and the control socket.</summary>
public sealed class AuthOptions
{
    public const string Token = "token";

    private static readonly string[] Modes = [Token, "password", "trusted-proxy", "none"];

    /// <summary>Default and, in this version, only value: <c>token</c>. Device keys, the host key and the control socket are the credentials served.</summary>
    public string Mode { get; init; } = Token;

    internal static AuthOptions Read(ConfigSection section)
    {
        var options = new AuthOptions
        {
            Mode = section.Parsed("mode", Token, TryMode, "There is no such auth mode.", $"Write one of: {string.Join(", ", Modes)}."),
        };
        section.RejectUnknown();
        return options;
    }

    private static bool TryMode(string text, out string mode)
    {
        mode = text.ToLowerInvariant();
        return Modes.Contains(mode, StringComparer.Ordinal);
    }
}

public sealed class AuthOptionsValidator : ConfigValidator<AuthOptions>
{
    public override IEnumerable<ConfigProblem> Check(AuthOptions options)
    {
        if (options.Mode != AuthOptions.Token)
        {
            yield return new ConfigProblem("auth.mode", options.Mode,
                "This version authenticates by device keys, the host key and the control socket; shared secrets are not served yet.", "Write \"token\".");
        }
    }
}
