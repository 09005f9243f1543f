using System.Text;
using Netclaw.Protocol.Frames;

namespace Netclaw.Protocol.Tests.Frames;

/// <summary>The protocol's own vectors (gateway-protocol.md 2.3): a key from the seed 00 01 ... 1f.</summary>
public sealed class DeviceClaimTests
{
    private const string Key = "A6EHv_POEL4dcN0Y50vAmWfk1jCbpQ1fHdyGZBJVMbg";
    private const string Id = "56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c";
    private const string Nonce = "11111111-2222-3333-4444-555555555555";
    private const long At = 1737264000000;

    [Fact]
    public void Version2_IsWhatProtocolClientsSign()
    {
        var claim = new DeviceClaim("cli", "cli", "operator", "operator.read,operator.write", "linux", "Linux", new Secret("secret-token"));
        var proof = Proof("qUwbCYGHMpoubObTbEKLUnnP_Y9zN4hrtievrMsgP2uYe736CnpAmbPT_Xso4vEi7wDWt3paiFRLDLXRRgM_BA");

        Assert.Equal($"v2|{Id}|cli|cli|operator|operator.read,operator.write|{At}|secret-token|{Nonce}", Encoding.UTF8.GetString(claim.Version2(proof)));
        Assert.True(Holds(proof, claim.Version2(proof)));
        Assert.False(Holds(proof, claim.Version3(proof)));
    }

    [Theory]
    [InlineData("linux", "linux")]
    [InlineData(" LINUX ", "Linux")]
    public void Version3_IsWhatProtocolClientsSign_HoweverTheMachineIsSpelled(string platform, string family)
    {
        var claim = new DeviceClaim("node-host", "node", "node", "", platform, family, null);
        var proof = Proof("kgauQIYgdF9hXGkiGup48tFl-vLcyrDm43DRDCP2eyVAlucw70NAUuitSDpJvrGSdroqeJH_Ejgu4gRpBD7sDQ");

        Assert.Equal($"v3|{Id}|node-host|node|node||{At}||{Nonce}|linux|linux", Encoding.UTF8.GetString(claim.Version3(proof)));
        Assert.True(Holds(proof, claim.Version3(proof)));
    }

    [Fact]
    public void Version3_WithoutAMachine_EndsEmpty_AndFoldsAsciiAlone()
    {
        Assert.EndsWith($"|{Nonce}||", Text(null, null), StringComparison.Ordinal);
        Assert.EndsWith("|İstanbul|", Text("İSTANBUL", ""), StringComparison.Ordinal);

        static string Text(string? platform, string? family) => Encoding.UTF8.GetString(new DeviceClaim("a", "b", "node", "", platform, family, null).Version3(Proof("")));
    }

    [Fact]
    public void PrintedForm_HoldsNoToken() =>
        Assert.DoesNotContain("secret-token", new DeviceClaim("cli", "cli", "operator", "", null, null, new Secret("secret-token")).ToString(), StringComparison.Ordinal);

    private static bool Holds(DeviceProof proof, byte[] payload) =>
        Base64UrlText.TryDecode(proof.Signature, Ed25519.SignatureBytes, out var signature) && Ed25519.Verify(proof.PublicKey, payload, signature);

    private static DeviceProof Proof(string signature)
    {
        Assert.True(ForeignKey.TryParse(Key, out var key));
        Assert.Equal(Id, key.DeviceId.Hex);
        return new DeviceProof { Id = key.DeviceId, PublicKey = key, Signature = signature, SignedAt = At, Nonce = Nonce };
    }
}
