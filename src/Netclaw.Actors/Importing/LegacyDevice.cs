using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Importing;

/// <summary>
/// A device of an earlier gateway that was known by a bearer token alone. It waits for a key; once its token was spent or it was taken back it stays, so that
/// neither the token nor an import makes it wait again.
/// </summary>
public sealed record LegacyDevice
{
    /// <summary>In one gateway, tombstones included. A token is compared with every one of them, so there is a bound.</summary>
    public const int Most = 4096;

    public required LegacyDeviceId Id { get; init; }
    public required SaltedHash Token { get; init; }
    public required string Name { get; init; }
    public bool IsBootstrapDevice { get; init; }

    /// <summary>As the earlier gateway wrote it.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>As the earlier gateway wrote it.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset ImportedAt { get; init; }

    /// <summary>The subject that imported it, as audit records name it.</summary>
    public required string ImportedBy { get; init; }

    /// <summary>The device that its token was spent on.</summary>
    public DeviceId? EnrolledAs { get; init; }
    public DateTimeOffset? EnrolledAt { get; init; }
    public DateTimeOffset? RemovedAt { get; init; }

    [JsonIgnore]
    public bool IsWaiting => EnrolledAt is null && RemovedAt is null;
}
