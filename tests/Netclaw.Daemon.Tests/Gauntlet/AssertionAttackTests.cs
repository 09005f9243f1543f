using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Gateway;
using static Netclaw.Daemon.Tests.Gauntlet.Run;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>Forged statements of who the user is. Taken out is one check of the verification; what is left believes the rest.</summary>
public sealed class AssertionAttackTests : IDisposable
{
    private const string Issuer = "https://issuer.example";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly string _keys = Path.Combine(Path.GetTempPath(), $"netclaw-gauntlet-{Guid.NewGuid():N}.json");

    public AssertionAttackTests() => File.WriteAllText(_keys, $$"""{"keys":[{{Jwk(_key)}}]}""");

    [Fact, Attack("CVE-2015-9235", "A token whose header says that it needs no signature.", "assertion: algorithms")]
    public Task CVE_2015_9235_AlgorithmNone() => ForgeAsync(Forged("""{"alg":"none"}""", _ => []));

    [Fact, Attack("CVE-2016-10555", "A token signed with the public key as if it were a shared secret.", "assertion: algorithms")]
    public Task CVE_2016_10555_ThePublicKeyAsAnHmacSecret() => ForgeAsync(Forged(
        """{"alg":"HS256","kid":"k1"}""", signed => HMACSHA256.HashData(_key.ExportSubjectPublicKeyInfo(), signed)));

    [Fact, Attack("CVE-2018-0114", "A token that brings the key it is to be verified with.", "assertion: keys come from the key set")]
    public async Task CVE_2018_0114_TheTokenBringsItsOwnKey()
    {
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await ForgeAsync(Forged($$"""{"alg":"ES256","kid":"k1","jwk":{{Jwk(own)}}}""", signed => own.SignData(signed, HashAlgorithmName.SHA256)));
    }

    [Fact, Attack("CVE-2022-21449", "A signature of nothing but zeros, which one implementation of ECDSA accepted for every text.", "assertion: signature")]
    public Task CVE_2022_21449_ASignatureOfZeros() => ForgeAsync(Forged("""{"alg":"ES256","kid":"k1"}""", _ => new byte[64]));

    [Fact, Attack("CVE-2020-26160", "A token that is meant for somebody else; its audience is a list and was not compared.", "assertion: audience")]
    public Task CVE_2020_26160_MeantForSomebodyElse() => ForgeAsync(Forged(
        """{"alg":"ES256","kid":"k1"}""", signed => _key.SignData(signed, HashAlgorithmName.SHA256), audience: """["another-service"]"""));

    public void Dispose()
    {
        _key.Dispose();
        File.Delete(_keys);
    }

    private Task ForgeAsync(string token) => ProveAsync(
        $$"""
        { "auth": { "mode": "trusted-proxy", "trustedProxy": { "allowLoopback": true, "allowUsers": ["alice@example.org"],
          "assertion": { "header": "x-assertion", "issuer": "{{Issuer}}", "audience": "netclaw", "keySet": "{{_keys}}" } } } }
        """,
        services => services.AddSingleton<IAssertionVerifier, Credulous>(),
        host => GetsInAsync(host, Hello("\"operator.read\""), ("X-Assertion", token)));

    private static string Forged(string header, Func<byte[], byte[]> sign, string audience = "\"netclaw\"")
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var claims = $$"""{"iss":"{{Issuer}}","aud":{{audience}},"email":"alice@example.org","nbf":{{now - 60}},"iat":{{now - 60}},"exp":{{now + 600}}}""";
        var signed = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}";
        return $"{signed}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    private static string Jwk(ECDsa key)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return $$"""{"kty":"EC","crv":"P-256","kid":"k1","alg":"ES256","use":"sig","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
    }

    /// <summary>Reads the user out of the middle part and asks nothing else.</summary>
    private sealed class Credulous : IAssertionVerifier
    {
        public ValueTask<AssertionOutcome> VerifyAsync(string assertion)
        {
            using var claims = JsonDocument.Parse(Base64Url.DecodeFromChars(assertion.Split('.')[1]));
            return ValueTask.FromResult(new AssertionOutcome(AssertionVerdict.Valid, claims.RootElement.GetProperty("email").GetString()));
        }
    }
}
