using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;

namespace Netclaw.Daemon.Assertions;

/// <summary>
/// A proxy's signed statement of who the user is: 1 form and algorithm, 2 keys, 3 signature, 4 issuer, audience, time and user. Signed tokens only; what
/// cannot be verified is refused, and nothing of a token is ever logged.
/// </summary>
internal sealed class AssertionVerifier(AssertionOptions options, IKeySource source, TimeProvider time) : IAssertionVerifier
{
    private static readonly JsonWebTokenHandler Handler = new();

    public async ValueTask<AssertionOutcome> VerifyAsync(string assertion)
    {
        if (SignedAssertion.Parse(assertion) is not { } signed) // 1
        {
            return new AssertionOutcome(AssertionVerdict.Malformed);
        }

        if (await source.ReadAsync(signed.KeyId).ConfigureAwait(false) is not { } keys) // 2
        {
            return new AssertionOutcome(AssertionVerdict.KeysUnavailable);
        }

        if (!IsSigned(assertion, signed, keys)) // 3
        {
            return new AssertionOutcome(AssertionVerdict.SignatureInvalid);
        }

        var verdict = AssertionClaims.Check(signed.Claims, options, time.GetUtcNow(), out var user); // 4
        return new AssertionOutcome(verdict, user);
    }

    private static bool IsSigned(string assertion, SignedAssertion signed, KeySet keys)
    {
        var candidates = keys.For(signed.Algorithm, signed.KeyId).ToList();
        if (candidates.Count == 0)
        {
            return false;
        }

        // The claims are checked above, by this gateway's clock; here it is about the signature alone.
        var parameters = new TokenValidationParameters
        {
            IssuerSigningKeys = candidates, ValidAlgorithms = [signed.Algorithm], RequireSignedTokens = true, TryAllIssuerSigningKeys = true,
            ValidateIssuer = false, ValidateAudience = false, ValidateLifetime = false, RequireExpirationTime = false,
        };
        try
        {
            return Handler.ValidateToken(assertion, parameters).IsValid;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidOperationException or SecurityTokenException or NotSupportedException)
        {
            return false;
        }
    }
}
