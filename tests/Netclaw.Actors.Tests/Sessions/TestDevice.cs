using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

/// <summary>A device with a real key that speaks the native handshake.</summary>
internal sealed class TestDevice : IDisposable
{
    private readonly SigningKey _key = SigningKey.Generate();

    public PublicKey Key => _key.Public;

    public DeviceId Id => Key.DeviceId;

    public Device Paired(DateTimeOffset at) => new()
    {
        Id = Id, Key = Key, Name = "laptop", Kind = DeviceKind.Paired, Roles = [Role.Operator], Scopes = ScopeSet.DeviceDefault,
        Via = PairedVia.Code, PairedBy = "control:uid=1000", PairedAt = at,
    };

    public JsonElement Hello(ConnectChallenge challenge, DateTimeOffset now, PairingIntent? intent = null, ScopeSet? scopes = null)
    {
        var asked = scopes ?? ScopeSet.DeviceDefault;
        var signedAt = now.ToUnixTimeMilliseconds();
        var signature = _key.Sign(NativeTranscript.Device(challenge.GatewayKey, Id, Role.Operator, asked, challenge.Nonce, challenge.ClientNonce!, signedAt));
        return SessionSamples.Json(new ConnectParams
        {
            Client = new ClientInfo { Id = "test", Version = "1", Platform = "linux" }, Scopes = asked, Pairing = intent,
            Device = new DeviceProof { Id = Id, PublicKey = Key, Nonce = challenge.Nonce, SignedAt = signedAt, Signature = Base64UrlText.Encode(signature) },
        }, ProtocolJson.Default.ConnectParams);
    }

    public void Dispose() => _key.Dispose();
}
