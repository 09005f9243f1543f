using System.Collections.Immutable;

namespace Netclaw.Cli.Configuration;

/// <summary>What <c>netclawd offline config-check</c> says.</summary>
/// <param name="Exists">Without the file, the defaults are in force.</param>
/// <param name="Ok">A daemon would start with it.</param>
internal sealed record ConfigCheckReport(
    string File, bool Exists, bool Ok, ImmutableArray<ConfigProblem> Problems, ImmutableArray<ConfigWarning> Warnings, ImmutableArray<ConfigOptIn> OptIns);

internal sealed record ConfigProblem(string Code, string? Key, string? Value, string Message, string? Remedy);

internal sealed record ConfigWarning(string Id, string Key, string? Value, string Message, string Remedy);

internal sealed record ConfigOptIn(string Key, string Value, string Opens);
