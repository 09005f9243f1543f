using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>A request id that no longer stands, and the one that took its place.</summary>
public sealed record SupersededRequest(PairingRequestId Id, PairingRequestId By)
{
    /// <summary>How many are remembered; the oldest are forgotten first.</summary>
    public const int MaximumKept = 256;
}
