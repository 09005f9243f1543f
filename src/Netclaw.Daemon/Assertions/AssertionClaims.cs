using System.Text.Json;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Assertions;

/// <summary>Whether the claims of an assertion whose signature holds are the ones asked for. The first that is not is the verdict.</summary>
internal static class AssertionClaims
{
    /// <summary>How far the clocks of proxy and gateway may be apart.</summary>
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(30);

    private const int LongestUser = 256;

    /// <param name="user">Set when valid.</param>
    public static AssertionVerdict Check(JsonElement claims, AssertionOptions options, DateTimeOffset now, out string? user)
    {
        user = null;
        if (TextOf(claims, "iss") != options.Issuer)
        {
            return AssertionVerdict.IssuerMismatch;
        }

        if (!IsFor(claims, options.Audience))
        {
            return AssertionVerdict.AudienceMismatch;
        }

        if (!IsOfThisTime(claims, now))
        {
            return AssertionVerdict.Expired;
        }

        var named = TextOf(claims, options.UserClaim);
        if (string.IsNullOrWhiteSpace(named) || named.Length > LongestUser || named.Any(char.IsControl))
        {
            return AssertionVerdict.UserMissing;
        }

        user = named;
        return AssertionVerdict.Valid;
    }

    /// <summary>It says until when it holds and from when: by <c>nbf</c>, or where an issuer leaves that out, by <c>iat</c>; neither may lie ahead.</summary>
    private static bool IsOfThisTime(JsonElement claims, DateTimeOffset now)
    {
        var (until, from, issued) = (Seconds(claims, "exp"), Seconds(claims, "nbf"), Seconds(claims, "iat"));
        var (earliest, latest) = ((now - Skew).ToUnixTimeMilliseconds() / 1000.0, (now + Skew).ToUnixTimeMilliseconds() / 1000.0);
        return until > earliest && (from ?? issued) <= latest && (issued is null || issued <= latest);
    }

    private static bool IsFor(JsonElement claims, string audience) => claims.TryGetProperty("aud", out var value) && value.ValueKind switch
    {
        JsonValueKind.String => value.ValueEquals(audience),
        JsonValueKind.Array => value.EnumerateArray().Any(one => one.ValueKind == JsonValueKind.String && one.ValueEquals(audience)),
        _ => false,
    };

    private static string? TextOf(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var seconds) ? seconds : null;
}
