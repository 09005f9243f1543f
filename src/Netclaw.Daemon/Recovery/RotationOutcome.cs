using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>What rotating the host credential came to. Closed.</summary>
internal abstract record RotationOutcome
{
    private RotationOutcome()
    {
    }

    /// <summary>Durable in both stores.</summary>
    /// <param name="Key">Owned by the caller.</param>
    /// <param name="Former">The device that is shut out from now on, if there was one.</param>
    /// <param name="SetAside">Files that have another name now.</param>
    public sealed record Rotated(SigningKey Key, DeviceId? Former, int ConnectionsClosed, ImmutableArray<string> SetAside) : RotationOutcome;

    /// <summary>What was in force stays in force.</summary>
    public sealed record Refused(RefusalCode Code, string Seen) : RotationOutcome;
}
