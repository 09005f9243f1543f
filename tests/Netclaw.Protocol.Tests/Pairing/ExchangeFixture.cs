
namespace Netclaw.Protocol.Tests.Pairing;

/// <summary>Fixed inputs whose outputs were computed apart from this code, by another implementation of HMAC and PBKDF2.</summary>
internal static class ExchangeFixture
{
    public static readonly PublicKey Gateway = Key(0);
    public static readonly PublicKey Device = Key(64);
    public static readonly GatewayId GatewayId = Gateway.GatewayId;

    public const string StretchedHex = "2f49d73472405afdd31958210de3ab49d7acc6e7cc1fb5b6e0870b7e3c146604";
    public const string DeviceProof = "XdxRWQJF_L_KzDwKPfYWgHjOrHIUhp6QKG3NjNADSn0";
    public const string GatewayProof = "q03gRChE7aCoqPz7J4uwvEsAVx94GIQvNOnNRatvQbY";
    public const string Commitment = "x9_z7aYE-jfO_Y2KDN_BK3_Z4ASsvp8y7MluG-p4ILM";
    public const string Symbols = "DMSF-B5QV";

    public static byte[] StretchedKey => Convert.FromHexString(StretchedHex);

    public static readonly ScopeSet Granted = new(Scope.Read);

    public static readonly CodeTranscript Fields = new(
        Gateway, Device, CodeId("pc_7k2m"), Role.Operator, ScopeSet.ReadWrite, NonceOf(1), NonceOf(2), NonceOf(3));

    public static string NonceOf(byte value) => Base64UrlText.Encode(Enumerable.Repeat(value, Nonce.Bytes).ToArray());

    public static PairingCodeId CodeId(string text) => PairingCodeId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    public static PublicKey Key(byte first)
    {
        byte[] raw = [0x04, .. Enumerable.Range(first, 64).Select(value => (byte)value)];
        return PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var key) ? key : throw new ArgumentException("not 65 bytes");
    }
}
