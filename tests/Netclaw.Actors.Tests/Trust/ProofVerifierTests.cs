using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

public sealed class ProofVerifierTests
{
    private static readonly DateTimeOffset Now = Ask.Now;
    private static readonly TrustOptions Options = new() { OwnerUserId = Ask.Owner };
    private readonly SigningKey _device = SigningKey.Generate();
    private readonly SigningKey _gateway = SigningKey.Generate();
    private readonly ConnectChallenge _challenge;

    public ProofVerifierTests() =>
        _challenge = new ConnectChallenge(Nonce.New(), Now.ToUnixTimeMilliseconds(), _gateway.Public, "gate", Nonce.New(), "");

    [Fact]
    public void Absent_WithoutADevice() => Assert.Equal(ProofVerdict.Absent, Verify(Signed() with { Device = null }));

    [Fact]
    public void Valid_OverThisExchange() => Assert.Equal(ProofVerdict.Valid, Verify(Signed()));

    [Fact]
    public void IdMismatch_WhenTheIdIsAnotherKeys()
    {
        using var other = SigningKey.Generate();
        Assert.Equal(ProofVerdict.IdMismatch, Verify(With(device => device with { Id = other.Public.DeviceId })));
    }

    [Fact]
    public void KeyInvalid_OffTheCurve()
    {
        var raw = new byte[65];
        raw[0] = 4;
        raw[64] = 7;
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.P256, raw, out var key));
        Assert.Equal(ProofVerdict.KeyInvalid, Verify(With(device => device with { PublicKey = key, Id = key.DeviceId })));
    }

    [Fact]
    public void KeyInvalid_OfAnotherAlgorithm()
    {
        Assert.True(PublicKey.TryCreate(KeyAlgorithm.Ed25519, new byte[32], out var key));
        Assert.Equal(ProofVerdict.KeyInvalid, Verify(With(device => device with { PublicKey = key, Id = key.DeviceId })));
    }

    [Fact]
    public void NonceMismatch_ForAnotherConnectionsChallenge()
    {
        Assert.Equal(ProofVerdict.NonceMismatch, Verify(With(device => device with { Nonce = Nonce.New() })));
        Assert.Equal(ProofVerdict.NonceMismatch, ProofVerifier.Verify(Signed(), _challenge with { Nonce = Nonce.New() }, Now, Options));
    }

    [Fact]
    public void NonceMismatch_WhenTheClientSentNoNonce() =>
        Assert.Equal(ProofVerdict.NonceMismatch, ProofVerifier.Verify(Signed(), _challenge with { ClientNonce = null }, Now, Options));

    [Theory]
    [InlineData(-600_000, ProofVerdict.Valid)]
    [InlineData(-600_001, ProofVerdict.Expired)]
    [InlineData(120_000, ProofVerdict.Valid)]
    [InlineData(120_001, ProofVerdict.Expired)]
    public void Expired_OutsideTheWindow(long offsetMs, ProofVerdict verdict) =>
        Assert.Equal(verdict, Verify(Signed(signedAt: Now.ToUnixTimeMilliseconds() + offsetMs)));

    [Theory]
    [InlineData(long.MinValue)]
    [InlineData(long.MaxValue)]
    public void Expired_AtTheEndsOfTime(long signedAt) => Assert.Equal(ProofVerdict.Expired, Verify(Signed(signedAt: signedAt)));

    /// <summary>Whatever is changed after signing, the signature no longer holds.</summary>
    [Fact]
    public void SignatureInvalid_WhenAnythingWasChanged()
    {
        using var another = SigningKey.Generate();
        var signed = Signed();
        Assert.Equal(ProofVerdict.SignatureInvalid, Verify(signed with { Role = Role.Node }));
        Assert.Equal(ProofVerdict.SignatureInvalid, Verify(signed with { Scopes = ScopeSet.All }));
        Assert.Equal(ProofVerdict.SignatureInvalid, Verify(With(device => device with { SignedAt = device.SignedAt + 1 })));
        Assert.Equal(ProofVerdict.SignatureInvalid, Verify(With(device => device with { PublicKey = another.Public, Id = another.Public.DeviceId })));
        Assert.Equal(ProofVerdict.SignatureInvalid, Verify(With(device => device with { Signature = "" })));
        Assert.Equal(ProofVerdict.SignatureInvalid, Verify(With(device => device with { Signature = "not base64!" })));
        Assert.Equal(ProofVerdict.SignatureInvalid, Verify(With(device => device with { Signature = new string('A', 5000) })));
    }

    /// <summary>A false gateway that relays a challenge gets a proof for itself, good nowhere else.</summary>
    [Fact]
    public void SignatureInvalid_ForAnotherGateway()
    {
        using var other = SigningKey.Generate();
        Assert.Equal(ProofVerdict.SignatureInvalid, ProofVerifier.Verify(Signed(), _challenge with { GatewayKey = other.Public }, Now, Options));
        Assert.Equal(ProofVerdict.SignatureInvalid, ProofVerifier.Verify(Signed(), _challenge with { ClientNonce = Nonce.New() }, Now, Options));
    }

    private ProofVerdict Verify(ConnectParams hello) => ProofVerifier.Verify(hello, _challenge, Now, Options);

    private ConnectParams With(Func<DeviceProof, DeviceProof> change)
    {
        var signed = Signed();
        return signed with { Device = change(signed.Device!) };
    }

    private ConnectParams Signed(long? signedAt = null)
    {
        var at = signedAt ?? Now.ToUnixTimeMilliseconds();
        var scopes = ScopeSet.DeviceDefault;
        var signed = NativeTranscript.Device(_gateway.Public, _device.Public.DeviceId, Role.Operator, scopes, _challenge.Nonce, _challenge.ClientNonce!, at);
        return new ConnectParams
        {
            Client = new ClientInfo { Id = "test", Version = "1", Platform = "linux" },
            Scopes = scopes,
            Device = new DeviceProof
            {
                Id = _device.Public.DeviceId, PublicKey = _device.Public, Nonce = _challenge.Nonce, SignedAt = at, Signature = Base64UrlText.Encode(_device.Sign(signed)),
            },
        };
    }
}
