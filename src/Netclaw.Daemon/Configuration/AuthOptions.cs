using System.Collections.Immutable;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>auth</c>: what authenticates whoever has no native proof: no paired key, host key, spawn credential or control socket.</summary>
public sealed class AuthOptions
{
    private static readonly ImmutableArray<(string, AuthMode)> Modes = [.. Enum.GetValues<AuthMode>().Select(mode => (mode.Name(), mode))];

    /// <summary>Default <c>token</c>. <c>none</c> serves direct loopback of exposure <c>local</c> only, and grants at most read and write.</summary>
    public AuthMode Mode { get; init; } = AuthMode.Token;

    /// <summary>The shared token, written out. Default none: <see cref="TokenFile"/>. At least 128 bits; whoever reads this file has it.</summary>
    public Secret? Token { get; init; }

    /// <summary>File of mode 0600 with the shared token; relative to the home. Default none set: <c>keys/gateway.token</c>, generated at the first start.</summary>
    public string? TokenFile { get; init; }

    /// <summary>The shared password, written out. Default none: <see cref="PasswordFile"/>. Whoever reads this file has it.</summary>
    public Secret? Password { get; init; }

    /// <summary>File of mode 0600 with the shared password; relative to the home. Default none.</summary>
    public string? PasswordFile { get; init; }

    /// <summary>Whether a changed secret also closes the connections that the old one opened. Default false: it stops working for new ones only.</summary>
    public bool CloseOnRotate { get; init; }

    /// <summary>What the shared secret grants. Default: all on direct loopback, nothing from elsewhere.</summary>
    public SharedSecretOptions SharedSecretScopes { get; init; } = new();

    /// <summary>How many wrong secrets are looked at. Defaults in <see cref="RateLimitOptions"/>.</summary>
    public RateLimitOptions RateLimit { get; init; } = new();

    /// <summary>A proxy that authenticates people and names them in a header. Default: nothing trusted.</summary>
    public TrustedProxyOptions TrustedProxy { get; init; } = new();

    /// <param name="section">One that shows no values of keys it does not know: secrets are mistyped too.</param>
    internal static AuthOptions Read(ConfigSection section)
    {
        var options = new AuthOptions
        {
            Mode = section.Read("mode", AuthMode.Token, new ChoiceForm<AuthMode>("There is no such auth mode.", Modes),
                "What authenticates whoever has no paired key and is not on the control socket."),
            Token = section.Read("token", null, SecretForm.Any, "The shared token itself, at least 128 bits. A file is the better place: auth.tokenFile."),
            TokenFile = section.Optional("tokenFile", Forms.FilePath, "File of mode 0600 that holds the shared token.", "keys/gateway.token, generated at the first start"),
            Password = section.Read("password", null, SecretForm.Any, "The shared password itself. A file is the better place: auth.passwordFile."),
            PasswordFile = section.Optional("passwordFile", Forms.FilePath, "File of mode 0600 that holds the shared password."),
            CloseOnRotate = section.Read("closeOnRotate", false, FlagForm.Any, "Whether changing the shared secret also closes the connections that the old one opened."),
            SharedSecretScopes = SharedSecretOptions.Read(section.Section("sharedSecretScopes", "What the shared token or password grants to a client without a device.")),
            RateLimit = RateLimitOptions.Read(section.Section("rateLimit", "How many wrong secrets are looked at, per client address and kind of credential.")),
            TrustedProxy = TrustedProxyReading.Read(section.Section("trustedProxy", "A proxy that authenticates people and names them in a header; in force with auth.mode \"trusted-proxy\".")),
        };
        section.RejectUnknown();
        return options;
    }
}
