namespace Netclaw.Protocol.Tests.Keys;

public sealed class SignatureTests
{
    private static readonly SigningKey Gateway = SigningKey.Generate();
    private static readonly SigningKey Device = SigningKey.Generate();
    private static readonly SigningKey Other = SigningKey.Generate();
    private const long SignedAt = 1_760_000_000_000;

    private static byte[] Transcript(
        PublicKey? gateway = null, DeviceId? device = null, Role role = Role.Operator, Scope scopes = Scope.Read,
        string server = "AAAAAAAAAAAAAAAAAAAAAA", string client = "BBBBBBBBBBBBBBBBBBBBBA", long signedAt = SignedAt) =>
        NativeTranscript.Device(gateway ?? Gateway.Public, device ?? Device.Public.DeviceId, role, new ScopeSet(scopes), server, client, signedAt);

    private static readonly Dictionary<string, byte[]> Tampered = new()
    {
        ["gateway"] = Transcript(gateway: Other.Public),
        ["device"] = Transcript(device: Other.Public.DeviceId),
        ["role"] = Transcript(role: Role.Node),
        ["scopes"] = Transcript(scopes: Scope.Admin),
        ["server nonce"] = Transcript(server: "AAAAAAAAAAAAAAAAAAAAAB"),
        ["client nonce"] = Transcript(client: "AAAAAAAAAAAAAAAAAAAAAB"),
        ["time"] = Transcript(signedAt: SignedAt + 1),
        ["the gateway's own transcript"] = NativeTranscript.Gateway(Gateway.Public, "AAAAAAAAAAAAAAAAAAAAAA", "BBBBBBBBBBBBBBBBBBBBBA"),
    };

    public static TheoryData<string> Fields => new(Tampered.Keys);

    [Theory]
    [MemberData(nameof(Fields))]
    public void Refuses_ASignatureOverAnotherField(string field)
    {
        var signature = Device.Sign(Transcript());
        Assert.True(P256.Verify(Device.Public, Transcript(), signature));
        Assert.False(P256.Verify(Device.Public, Tampered[field], signature));
    }

    [Fact]
    public void Refuses_AnotherKeysSignature() => Assert.False(P256.Verify(Other.Public, Transcript(), Device.Sign(Transcript())));

    [Fact]
    public void Refuses_AnyChangedBit()
    {
        var signature = Device.Sign(Transcript());
        for (var bit = 0; bit < signature.Length * 8; bit += 7)
        {
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(P256.Verify(Device.Public, Transcript(), signature));
            signature[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void Refuses_MalformedSignatures_WithoutThrowing()
    {
        byte[][] malformed = [[], new byte[63], new byte[64], new byte[65], [.. Enumerable.Repeat((byte)0xff, 64)]];
        Assert.All(malformed, signature => Assert.False(P256.Verify(Device.Public, Transcript(), signature)));
    }

    [Fact]
    public async Task Verifies_FromManyThreads_ManyKeys_AsAlone()
    {
        // More keys than are kept, each used by several threads at once.
        var data = Transcript();
        var known = Enumerable.Range(0, 600).Select(_ =>
        {
            using var key = SigningKey.Generate();
            return (key.Public, Signature: key.Sign(data));
        }).ToArray();
        await Parallel.ForAsync(0, 4000, (i, _) =>
        {
            var (key, signature) = known[i % known.Length];
            var (stranger, _) = known[(i + 1) % known.Length];
            Assert.True(P256.Verify(key, data, signature));
            Assert.False(P256.Verify(stranger, data, signature));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void ASecret_MatchesItselfAlone()
    {
        var secret = new Secret("0123abcd");
        Assert.True(secret.Matches("0123abcd"));
        Assert.All(new[] { null, "", "0123abc", "0123abcde", "0123abcD" }, other => Assert.False(secret.Matches(other)));
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAA", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", false)]
    [InlineData("AAAAAAAAAAA AAAAAAAAAAA", false)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAA|", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void ANonce_IsBase64UrlOf16To64Bytes(string? text, bool wellFormed) => Assert.Equal(wellFormed, Nonce.IsWellFormed(text));

    [Fact]
    public void Nonces_AreFresh_AndBounded()
    {
        Assert.Equal(100, Enumerable.Range(0, 100).Select(_ => Nonce.New()).Where(Nonce.IsWellFormed).Distinct().Count());
        Assert.True(Nonce.IsWellFormed(Base64UrlText.Encode(new byte[64])));
        Assert.False(Nonce.IsWellFormed(Base64UrlText.Encode(new byte[65])));
        Assert.False(Nonce.IsWellFormed(new string('A', 1_000_000)));
    }
}
