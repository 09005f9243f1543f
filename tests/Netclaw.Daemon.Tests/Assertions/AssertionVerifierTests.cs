using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Assertions;

namespace Netclaw.Daemon.Tests.Assertions;

public sealed class AssertionVerifierTests : IDisposable
{
    private readonly TemporaryHome _temporary = new();
    private readonly TestIssuer _issuer = new();
    private readonly ManualTime _time = new();
    private readonly AssertionVerifier _verifier;

    public AssertionVerifierTests()
    {
        File.WriteAllText(KeySetPath, _issuer.KeySet);
        var options = new AssertionOptions { Header = "x-assertion", Issuer = TestIssuer.Issuer, Audience = TestIssuer.Audience, KeySet = KeySetPath };
        _verifier = new AssertionVerifier(options, new KeySetFile(KeySetPath, _time, NullLogger.Instance), _time);
    }

    private string KeySetPath => Path.Combine(_temporary.Parent, "keys.json");

    private JsonObject Claims => TestIssuer.Claims(_time.GetUtcNow());

    public void Dispose()
    {
        _issuer.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("ES384")]
    public async Task Accepts_ASignatureOfTheList(string algorithm)
    {
        var outcome = await VerifyAsync(_issuer.Sign(Claims, algorithm));

        Assert.Equal((AssertionVerdict.Valid, "alice@example.org"), (outcome.Verdict, outcome.User));
    }

    [Fact]
    public async Task Accepts_OneAudienceAmongSeveral_AndNoKeyId()
    {
        var claims = Claims;
        claims["aud"] = new JsonArray("others", TestIssuer.Audience);

        await Expect(AssertionVerdict.Valid, _issuer.Sign(claims, header: head => head.Remove("kid")));
    }

    [Fact]
    public async Task Refuses_WhatIsNoSignedTokenOfAnAcceptedForm()
    {
        var good = _issuer.Sign(Claims);
        var parts = good.Split('.');
        string[] malformed =
        [
            "", ".", "..", "a.b.c", good + ".x", good + "=", " " + good, parts[0] + "." + parts[1], parts[0] + "." + parts[1] + ".",
            _issuer.Sign(Claims, "none"), _issuer.Sign(Claims, "HS256"), _issuer.Sign(Claims, "NONE"), _issuer.Sign(Claims, "RS1"),
            _issuer.Sign(Claims, header: head => head["crit"] = new JsonArray("exp")),
            _issuer.Sign(Claims, header: head => head.Remove("alg")),
            _issuer.Sign("""{"alg":"none","alg":"RS256","kid":"k1"}""", Claims.ToJsonString(), "RS256"),
            _issuer.Sign("""{"alg":"RS256","kid":"k1"}""", """{"iss":"a","iss":"b"}""", "RS256"),
            _issuer.Sign("""{"alg":"RS256","kid":"k1"}""", "[]", "RS256"),
            // Encrypted: five parts.
            $"{TestIssuer.Encode("""{"alg":"dir","enc":"A256GCM"}""")}..a.b.c",
        ];
        foreach (var text in malformed)
        {
            await Expect(AssertionVerdict.Malformed, text);
        }
    }

    [Fact]
    public async Task Refuses_WhatIsTooLong_BeforeReadingIt()
    {
        var claims = Claims;
        claims["padding"] = new string('x', SignedAssertion.LongestText);

        await Expect(AssertionVerdict.Malformed, _issuer.Sign(claims));
    }

    [Fact]
    public async Task Refuses_ASignatureThatIsNotItsOwn()
    {
        using var stranger = new TestIssuer();
        var parts = _issuer.Sign(Claims).Split('.');
        var forged = Claims;
        forged["email"] = "root@example.org";

        await Expect(AssertionVerdict.SignatureInvalid, stranger.Sign(Claims));
        await Expect(AssertionVerdict.SignatureInvalid, _issuer.Sign(Claims, header: head => head["kid"] = "k9"));
        await Expect(AssertionVerdict.SignatureInvalid, $"{parts[0]}.{TestIssuer.Encode(forged.ToJsonString())}.{parts[2]}");
        await Expect(AssertionVerdict.SignatureInvalid, $"{parts[0]}.{parts[1]}.AAAA");
        // A key of the set, but not one for this algorithm.
        await Expect(AssertionVerdict.SignatureInvalid, _issuer.Sign(Claims, "ES256", head => head["kid"] = "k1-384"));
        await Expect(AssertionVerdict.SignatureInvalid, _issuer.Sign(Claims, "RS256", head => head["kid"] = "k1-256"));
    }

    [Theory]
    [InlineData("iss", "https://proxy.example/", AssertionVerdict.IssuerMismatch)]
    [InlineData("iss", null, AssertionVerdict.IssuerMismatch)]
    [InlineData("aud", "Netclaw", AssertionVerdict.AudienceMismatch)]
    [InlineData("aud", null, AssertionVerdict.AudienceMismatch)]
    [InlineData("email", "", AssertionVerdict.UserMissing)]
    [InlineData("email", "a\u0007b", AssertionVerdict.UserMissing)]
    [InlineData("email", null, AssertionVerdict.UserMissing)]
    [InlineData("exp", null, AssertionVerdict.Expired)]
    [InlineData("exp", "9999999999", AssertionVerdict.Expired)]
    public async Task Refuses_AClaimThatIsMissingOrAnother(string claim, string? value, AssertionVerdict verdict)
    {
        var claims = Claims;
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value;
        }

        await Expect(verdict, _issuer.Sign(claims));
    }

    [Theory]
    [InlineData("exp", -29, AssertionVerdict.Valid)]
    [InlineData("exp", -30, AssertionVerdict.Expired)]
    [InlineData("nbf", 30, AssertionVerdict.Valid)]
    [InlineData("nbf", 31, AssertionVerdict.Expired)]
    [InlineData("iat", 30, AssertionVerdict.Valid)]
    [InlineData("iat", 31, AssertionVerdict.Expired)]
    public async Task AllowsClocks_HalfAMinute(string claim, int seconds, AssertionVerdict verdict)
    {
        var claims = Claims;
        claims[claim] = _time.GetUtcNow().AddSeconds(seconds).ToUnixTimeSeconds();

        await Expect(verdict, _issuer.Sign(claims));
    }

    [Fact]
    public async Task TakesTheTimeOfIssueForTheStart_WhereThereIsNoOther()
    {
        var claims = Claims;
        claims.Remove("nbf");
        await Expect(AssertionVerdict.Valid, _issuer.Sign(claims));

        claims.Remove("iat");
        await Expect(AssertionVerdict.Expired, _issuer.Sign(claims));
    }

    [Fact]
    public async Task GoesByTheGatewaysClock()
    {
        var text = _issuer.Sign(Claims);
        _time.Advance(TimeSpan.FromMinutes(6));

        await Expect(AssertionVerdict.Expired, text);
    }

    [Fact]
    public async Task ReadsTheKeysAnew_WhenTheirFileIsReplaced_AndRefusesWithoutThem()
    {
        using var next = new TestIssuer("k2");
        await Expect(AssertionVerdict.Valid, _issuer.Sign(Claims));

        File.WriteAllText(KeySetPath, next.KeySet);
        await Expect(AssertionVerdict.SignatureInvalid, _issuer.Sign(Claims));
        await Expect(AssertionVerdict.Valid, next.Sign(Claims));

        File.WriteAllText(KeySetPath, next.KeySet[..100]);
        await Expect(AssertionVerdict.KeysUnavailable, next.Sign(Claims));
        File.Delete(KeySetPath);
        await Expect(AssertionVerdict.KeysUnavailable, next.Sign(Claims));
    }

    [Fact]
    public async Task DistrustsAKeySet_ThatOthersCanWrite()
    {
        File.SetUnixFileMode(KeySetPath, (UnixFileMode)0b110_100_110);

        await Expect(AssertionVerdict.KeysUnavailable, _issuer.Sign(Claims));
    }

    [Fact]
    public async Task NeverUses_ASharedKeyOfTheSet()
    {
        File.WriteAllText(KeySetPath, """{"keys":[{"kty":"oct","kid":"k1","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0"}]}""");

        await Expect(AssertionVerdict.KeysUnavailable, _issuer.Sign(Claims));
    }

    private async Task Expect(AssertionVerdict verdict, string text) => Assert.Equal(verdict, (await VerifyAsync(text)).Verdict);

    private async Task<Netclaw.Actors.Trust.Secrets.AssertionOutcome> VerifyAsync(string text) => await _verifier.VerifyAsync(text).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
}
