using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Secrets;

/// <summary>What the configuration says about the shared secret.</summary>
public sealed record SharedSecretSettings(AuthMode Mode)
{
    public string? TokenFile { get; init; }

    public Secret? Token { get; init; }

    public string? PasswordFile { get; init; }

    public Secret? Password { get; init; }

    public static SharedSecretSettings Of(AuthOptions auth) => new(auth.Mode)
    {
        TokenFile = auth.TokenFile,
        Token = auth.Token,
        PasswordFile = auth.PasswordFile,
        Password = auth.Password,
    };
}
