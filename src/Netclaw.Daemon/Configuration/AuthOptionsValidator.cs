using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Configuration;

/// <summary>Which auth mode goes with which exposure, and secrets worth the name (trust.md section 5).</summary>
public sealed class AuthOptionsValidator(ExposureMode exposure) : ConfigValidator<AuthOptions>
{
    public override IEnumerable<ConfigProblem> Check(AuthOptions options)
    {
        if (options.Mode == AuthMode.None && exposure != ExposureMode.Local)
        {
            yield return new ConfigProblem("auth.mode", options.Mode.Name(), $"With exposure.mode \"{exposure.Name()}\" strangers reach the gateway; it must authenticate them.",
                "Write \"token\", \"password\" or \"trusted-proxy\", or exposure.mode \"local\".");
        }

        if (options.Token is { } token && !TokenStrength.IsEnough(token.Reveal()))
        {
            yield return new ConfigProblem("auth.token", "***", $"This token could be guessed: it holds less than {TokenStrength.LeastBits} bits.",
                "Remove the key, and the gateway makes a token of its own; or write the output of: openssl rand -base64 32");
        }

        if (options.Password is { } password && string.IsNullOrWhiteSpace(password.Reveal()))
        {
            yield return new ConfigProblem("auth.password", "***", "This password is empty.", "Write one, or remove the key.");
        }
    }
}
