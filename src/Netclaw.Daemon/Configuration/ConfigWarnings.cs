using System.Collections.Immutable;
using Netclaw.Daemon.Start;

namespace Netclaw.Daemon.Configuration;

/// <summary>Everything that is allowed and probably not meant (trust.md section 5, and what else an owner would want to know).</summary>
internal static class ConfigWarnings
{
    public static ImmutableArray<WarningRule> Rules { get; } = [.. TrustedProxyWarnings.Rules, .. IdentityWarnings.Rules, .. ExposureWarnings.Rules, .. AgentWarnings.Rules, .. SpawnWarnings.Rules];

    public static ImmutableArray<StartWarning> Of(NetclawOptions options) => [.. Rules.SelectMany(rule => rule.Of(options))];
}
