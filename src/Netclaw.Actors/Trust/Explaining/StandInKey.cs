using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>The key of a device whose question names none. Whether its signature holds is a verdict of the question, so it signs nothing, and the same question gives the same answer.</summary>
internal static class StandInKey
{
    public static PublicKey Value { get; } = Of(1);

    /// <summary>For a device token of some other device.</summary>
    public static PublicKey Another { get; } = Of(2);

    private static PublicKey Of(byte mark)
    {
        Span<byte> raw = stackalloc byte[65];
        raw[0] = 0x04;
        raw[^1] = mark;
        return PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var key) ? key : throw new InvalidOperationException("no such key");
    }
}
