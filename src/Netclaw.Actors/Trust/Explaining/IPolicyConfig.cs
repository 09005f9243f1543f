using Netclaw.Actors.Trust.Reading;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>What a netclaw.json means for the policy.</summary>
public interface IPolicyConfig
{
    /// <param name="json">One object, or nothing: all defaults.</param>
    /// <param name="daemonUser">The user that the daemon runs as; null: whoever asks.</param>
    /// <exception cref="UnreadableQuestion">With the key that is wrong, under <c>config</c>.</exception>
    EvidenceRules Read(ReadOnlyMemory<byte> json, uint? daemonUser);
}
