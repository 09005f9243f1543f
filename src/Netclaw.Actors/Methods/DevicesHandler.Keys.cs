using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>A device takes another key: asked for on a connection that its present key proved, signed by both keys for that one connection.</summary>
internal sealed partial class DevicesHandler
{
    private void RotateKey(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.KeyRotateParams, out var rotate))
        {
            return;
        }

        if (call.Principal is not { Method: AuthMethod.DeviceKey, Device: { } id } || _parts.View.Current?.Devices.GetValueOrDefault(id) is not { } device)
        {
            Refuse(call, RefusalCode.InvalidRequest, "only a connection that a paired device's own key opened can rotate that key");
            return;
        }

        var signed = NativeTranscript.Rekey(_parts.Gateway.Key, call.Session, id, rotate.PublicKey);
        if (!IsSigned(device.Key, signed, rotate.FormerSignature) || !IsSigned(rotate.PublicKey, signed, rotate.Signature))
        {
            Refuse(call, RefusalCode.DeviceSignatureInvalid, "the rotation must be signed by the present key and by the new one");
            return;
        }

        Ask(new Asked(call) { Device = id }, command => new RegistryCommand.Rekey(command, call.Now, id, rotate.PublicKey, call.Principal, call.Session));
    }

    private static bool IsSigned(PublicKey key, byte[] signed, string signature) =>
        key.Algorithm == KeyAlgorithm.P256 && Base64UrlText.TryDecode(signature, P256.SignatureBytes, out var raw) && P256.Verify(key, signed, raw);
}
