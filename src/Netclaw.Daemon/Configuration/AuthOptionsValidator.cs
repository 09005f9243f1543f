using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Configuration;

/// <summary>Which auth mode goes with which exposure (trust.md section 5). The secrets themselves are settled by <c>SharedSecretSetup</c>, wherever they are kept.</summary>
public sealed class AuthOptionsValidator(ExposureMode exposure) : ConfigValidator<AuthOptions>
{
    public override IEnumerable<ConfigProblem> Check(AuthOptions options)
    {
        if (options.Mode == AuthMode.None && exposure != ExposureMode.Local)
        {
            yield return new ConfigProblem("auth.mode", options.Mode.Name(), $"With exposure.mode \"{exposure.Name()}\" strangers reach the gateway; it must authenticate them.",
                "Write \"token\", \"password\" or \"trusted-proxy\", or exposure.mode \"local\".");
        }
    }
}
