using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>Bearer tokens of earlier gateways: kept as salted hashes with the device that waits for its key, and with those that wait no more.</summary>
public static class LegacyTokens
{
    /// <returns>The imported device whose token it is, waiting or not; null when it is nobody's.</returns>
    public static LegacyDevice? Find(RegistrySnapshot registry, Secret offered)
    {
        LegacyDevice? found = null;
        foreach (var legacy in registry.Legacy.Values)
        {
            // All are compared, and each in constant time: nothing tells which one was nearly right.
            if (legacy.Token.Matches(offered))
            {
                found = legacy;
            }
        }

        return found;
    }
}
