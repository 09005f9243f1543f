using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>How pairing of local devices without a prompt stands.</summary>
internal static class LocalPairingRow
{
    public static LocalPairingResult Of(HandlerParts parts)
    {
        var registry = parts.View.Current ?? RegistrySnapshot.Empty;
        return new LocalPairingResult(State(parts, registry), parts.Daemon.Exposure, parts.Daemon.AuthMode);
    }

    public static string State(HandlerParts parts, RegistrySnapshot registry) => (parts.Trust.AutoApproveLocal, registry.LocalPairingSuspended) switch
    {
        (false, _) => LocalPairingResult.Off,
        (true, true) => LocalPairingResult.Suspended,
        (true, false) => LocalPairingResult.On,
    };
}
