using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Configuration;

/// <summary>What the section must say where it is in force, and must not say behind a tunnel (trust.md sections 2 and 5).</summary>
public sealed class TrustedProxyOptionsValidator(ExposureMode exposure, AuthMode mode) : ConfigValidator<TrustedProxyOptions>
{
    private const string Section = "auth.trustedProxy";

    public override IEnumerable<ConfigProblem> Check(TrustedProxyOptions options) =>
    [
        .. NobodyIsNamed(options),
        .. BehindATunnel(options),
        .. Overflow($"{Section}.loopbackUids", options.LoopbackUids),
        .. Overflow($"{Section}.proxyUids", options.ProxyUids),
    ];

    private IEnumerable<ConfigProblem> NobodyIsNamed(TrustedProxyOptions options)
    {
        if (mode == AuthMode.TrustedProxy && options is { UserHeader: null, Assertion: null })
        {
            yield return new ConfigProblem($"{Section}.userHeader", null,
                $"With auth.mode \"trusted-proxy\" the proxy must name the user ({RefusalTable.NameOf(RefusalCode.TrustedProxyConfigMissing)}).",
                "Write the header that the proxy sets, for example \"X-Forwarded-User\", or auth.trustedProxy.assertion.");
        }
    }

    /// <summary>There, loopback is the tunnel, and so the whole Internet.</summary>
    private IEnumerable<ConfigProblem> BehindATunnel(TrustedProxyOptions options)
    {
        if (!exposure.IsTunnel())
        {
            yield break;
        }

        var wrong = $"With exposure.mode \"{exposure.Name()}\" everybody comes from loopback, strangers too.";
        if (options.AllowLoopback)
        {
            yield return new ConfigProblem($"{Section}.allowLoopback", "true", wrong, "Remove it; the tunnel's agent is admitted without it.");
        }

        if (options.LoopbackUser is { } user)
        {
            yield return new ConfigProblem($"{Section}.loopbackUser", user, wrong, "Remove it; processes of this machine use the control socket or a spawn credential.");
        }
    }

    private static IEnumerable<ConfigProblem> Overflow(string key, UidRule? rule)
    {
        if (rule is not null && rule.Users.Contains(UserId.Overflow))
        {
            yield return new ConfigProblem(key, $"{UserId.Overflow}", "This is what the kernel reports for anybody it cannot name.", "Write the id of a user of its own.");
        }
    }
}

public sealed class AssertionOptionsValidator : ConfigValidator<AssertionOptions>
{
    public override IEnumerable<ConfigProblem> Check(AssertionOptions options) =>
        from entry in new[] { ("issuer", options.Issuer), ("audience", options.Audience), ("userClaim", options.UserClaim) }
        where entry.Item2.Length > 0 && string.IsNullOrWhiteSpace(entry.Item2)
        select new ConfigProblem($"auth.trustedProxy.assertion.{entry.Item1}", entry.Item2, "This is blank.", "Write what the proxy puts into its assertion.");
}
