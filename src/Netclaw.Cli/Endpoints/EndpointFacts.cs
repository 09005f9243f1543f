using System.Collections.Immutable;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Endpoints;

/// <summary>Everything that decides where a command goes, as far as somebody asks for it.</summary>
public sealed record EndpointFacts
{
    /// <summary><c>--url</c>.</summary>
    public string? UrlOption { get; init; }

    /// <summary><c>NETCLAW_URL</c>.</summary>
    public string? UrlVariable { get; init; }

    /// <summary><c>--profile</c>.</summary>
    public string? ProfileOption { get; init; }

    public required string ControlSocket { get; init; }

    /// <summary>Whether something stands at that path; whose it is and whether it answers is seen when it is dialled.</summary>
    public bool ControlSocketExists { get; init; }

    /// <summary>Null: this home has never run a daemon, or its keys cannot be read.</summary>
    public required Lazy<HostFacts?> Host { get; init; }

    public required Lazy<ProfileReading> Profiles { get; init; }
}

/// <summary>What this home knows of its own daemon.</summary>
/// <param name="Urls">Where it may listen, best first.</param>
public sealed record HostFacts(GatewayId GatewayId, ImmutableArray<string> Urls);

/// <summary>The profiles, or why they cannot be read.</summary>
public sealed record ProfileReading(ProfileBook? Book, CommandFailure? Damage)
{
    /// <exception cref="CommandFailure">profile_unreadable.</exception>
    public ProfileBook BookOrThrow() => Book ?? throw Damage!;
}
