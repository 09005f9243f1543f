namespace Netclaw.Actors.Trust;

/// <summary>What authenticates whoever has no native proof: no paired key, host key, spawn credential or control socket (trust.md section 5).</summary>
public enum AuthMode
{
    Token,
    Password,
    TrustedProxy,

    /// <summary>Only with exposure <c>local</c>; grants at most read and write.</summary>
    None,
}

/// <summary>What the modes have in common.</summary>
public static class AuthModes
{
    /// <summary>As netclaw.json and people write it.</summary>
    public static string Name(this AuthMode mode) => mode switch
    {
        AuthMode.Token => "token",
        AuthMode.Password => "password",
        AuthMode.TrustedProxy => "trusted-proxy",
        AuthMode.None => "none",
        _ => throw new ArgumentOutOfRangeException(nameof(mode), mode, "no such auth mode"),
    };
}
