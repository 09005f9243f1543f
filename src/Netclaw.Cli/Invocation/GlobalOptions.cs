using System.CommandLine;

namespace Netclaw.Cli.Invocation;

/// <summary>What every command understands.</summary>
internal sealed class GlobalOptions
{
    public Option<bool> Json { get; } = new("--json") { Description = "One JSON object on stdout; errors as JSON on stderr.", Recursive = true };

    public Option<string?> Url { get; } = new("--url")
    {
        Description = "The gateway to talk to: http(s)://host:port, or unix:/path of a control socket (also NETCLAW_URL).", HelpName = "url", Recursive = true,
    };

    public Option<string?> Profile { get; } = new("--profile") { Description = "The paired gateway to talk to, by profile name.", HelpName = "name", Recursive = true };

    public Option<TimeSpan?> Timeout { get; } = new("--timeout")
    {
        Description = "Give up after this long: seconds, or 500ms, 30s, 5m.", HelpName = "time", Recursive = true, CustomParser = Duration.Parse,
    };

    public Option<bool> Verbose { get; } = new("--verbose") { Description = "Say on stderr which endpoints are tried and what is seen; status tells every warning and opt-in.", Recursive = true };

    public Option<string?> TokenFile { get; } = new("--token-file")
    {
        Description = "Show the shared token in this file (mode 0600) instead of a key (also NETCLAW_GATEWAY_TOKEN).", HelpName = "path", Recursive = true,
    };

    public Option<string?> PasswordFile { get; } = new("--password-file")
    {
        Description = "Show the shared password in this file (mode 0600) instead of a key (also NETCLAW_GATEWAY_PASSWORD).", HelpName = "path", Recursive = true,
    };

    public IEnumerable<Option> All => [Json, Url, Profile, TokenFile, PasswordFile, Timeout, Verbose];

    public GlobalValues Read(ParseResult parsed) => new(
        parsed.GetValue(Json), parsed.GetValue(Url), parsed.GetValue(Profile), parsed.GetValue(Timeout), parsed.GetValue(Verbose))
    {
        TokenPath = parsed.GetValue(TokenFile), PasswordPath = parsed.GetValue(PasswordFile),
    };
}

/// <summary>The global options of one invocation.</summary>
public sealed record GlobalValues(bool Json, string? Url, string? Profile, TimeSpan? Timeout, bool Verbose)
{
    /// <summary><c>--token-file</c>.</summary>
    public string? TokenPath { get; init; }

    /// <summary><c>--password-file</c>.</summary>
    public string? PasswordPath { get; init; }
}
