using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Daemon.Tests.Assertions;
using Netclaw.Daemon.Tests.Gauntlet;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Everything that can be wrong with a proxy's signed statement.</summary>
internal static class AssertionRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.AssertionMissing] = () => SignedAsync((_, _) => null),
        [RefusalCode.AssertionMalformed] = () => SignedAsync((_, _) => "no.jwt"),
        [RefusalCode.AssertionSignatureInvalid] = () => SignedAsync((issuer, claims) => issuer.Sign(claims)[..^8] + "AAAAAAAA"),
        [RefusalCode.AssertionIssuerMismatch] = () => WithAsync(claims => claims["iss"] = "https://other.example"),
        [RefusalCode.AssertionAudienceMismatch] = () => WithAsync(claims => claims["aud"] = "other"),
        [RefusalCode.AssertionExpired] = () => WithAsync(claims => claims["exp"] = 1),
        [RefusalCode.AssertionKeysUnavailable] = () => SignedAsync((issuer, claims) => issuer.Sign(claims), services => services.AddSingleton<IAssertionVerifier, NoAssertions>()),
        [RefusalCode.AssertionUserMissing] = () => WithAsync(claims => claims.Remove("email")),
        [RefusalCode.TrustedProxyUserConflict] = () => SignedAsync((issuer, claims) => issuer.Sign(claims), null, ("X-Forwarded-User", "bob@example.org")),
    };

    private static Task<Provoked> WithAsync(Action<JsonObject> change) => SignedAsync((issuer, claims) =>
    {
        change(claims);
        return issuer.Sign(claims);
    });

    private static async Task<Provoked> SignedAsync(Func<TestIssuer, JsonObject, string?> sign, Action<IServiceCollection>? overrides = null, params (string, string)[] headers)
    {
        using var issuer = new TestIssuer();
        var keys = Path.Combine(Path.GetTempPath(), $"netclaw-keys-{Guid.NewGuid():N}.json");
        await File.WriteAllTextAsync(keys, issuer.KeySet);
        var provoked = await RawRefusals.SaysAsync(
            $$"""
            { "exposure": { "externalUrl": "http://127.0.0.1:9" }, "auth": { "mode": "trusted-proxy", "trustedProxy": { "allowLoopback": true, "userHeader": "x-forwarded-user",
              "assertion": { "header": "x-assertion", "issuer": "{{TestIssuer.Issuer}}", "audience": "{{TestIssuer.Audience}}", "keySet": "{{keys}}" } } } }
            """,
            Run.Hello(""), overrides: overrides, headers: sign(issuer, TestIssuer.Claims(DateTimeOffset.UtcNow)) is { } assertion ? [("X-Assertion", assertion), .. headers] : headers);
        provoked.Stage.AtEnd(() => File.Delete(keys));
        return provoked;
    }
}
