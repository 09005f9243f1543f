using System.Buffers;
using Microsoft.Extensions.Options;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>Every problem at once, each with its key, value and remedy.</summary>
public sealed class TrustOptionsValidator : IValidateOptions<TrustOptions>
{
    private static readonly TimeSpan Widest = TimeSpan.FromHours(1);

    /// <summary>Underscores are left out: a header's underscore twin is a known trick, so no rule may rest on one.</summary>
    private static readonly SearchValues<char> HeaderSymbols = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-");

    public ValidateOptionsResult Validate(string? name, TrustOptions options)
    {
        var problems = new List<string>();
        if (options.OwnerUserId == UserId.Overflow)
        {
            problems.Add($"the daemon's user id is {UserId.Overflow}, the kernel's word for an unknown user: run netclawd as a user of its own");
        }

        Window(problems, "trust.proofPast", options.ProofPast);
        Window(problems, "trust.proofFuture", options.ProofFuture);
        if (options is { Auth: AuthMode.None, Exposure: not ExposureMode.Local })
        {
            problems.Add($"auth.mode is none, which only exposure.mode local allows: it is {options.Exposure.Name()}");
        }

        if (options.Exposure.IsTunnel() && options.TrustedProxy is ({ AllowLoopback: true } or { LoopbackUser: not null }))
        {
            problems.Add($"auth.trustedProxy.allowLoopback and loopbackUser cannot be set with exposure.mode {options.Exposure.Name()}: there, loopback is the tunnel");
        }

        problems.AddRange(TrustedProxy(options.TrustedProxy));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> TrustedProxy(TrustedProxyOptions proxy)
    {
        string?[] headers = [proxy.UserHeader, proxy.Assertion?.Header, .. proxy.RequiredHeaders];
        foreach (var header in headers.OfType<string>().Where(header => header.Length == 0 || header.AsSpan().ContainsAnyExcept(HeaderSymbols)))
        {
            yield return $"auth.trustedProxy names the header \"{header}\": write a header's name, letters, digits and hyphens";
        }

        if (proxy.Assertion is { } assertion && new[] { assertion.Issuer, assertion.Audience, assertion.KeySet, assertion.UserClaim }.Any(string.IsNullOrWhiteSpace))
        {
            yield return "auth.trustedProxy.assertion needs issuer, audience, keySet and userClaim";
        }
    }

    private static void Window(List<string> problems, string key, TimeSpan value)
    {
        if (value < TimeSpan.Zero || value > Widest)
        {
            problems.Add($"{key} is {value}: set it between 0 and {Widest}");
        }
    }
}
