using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Netclaw.EndToEnd.Tests.Matrix;

/// <summary>What an access service in front of a tunnel signs for each request (RFC 7519, ES256), and the key that it publishes (RFC 7517).</summary>
internal sealed class Assertion : IDisposable
{
    public const string Header = "Cf-Access-Jwt-Assertion";

    private const string Issuer = "https://team.example";
    private const string Audience = "netclaw";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Section <c>auth.trustedProxy.assertion</c>.</summary>
    /// <param name="folder">For the published key.</param>
    public JsonObject Section(string folder)
    {
        var key = _key.ExportParameters(includePrivateParameters: false);
        var file = Path.Combine(folder, "access-keys.json");
        File.WriteAllText(file, new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Base64Url.EncodeToString(key.Q.X), ["y"] = Base64Url.EncodeToString(key.Q.Y) }),
        }.ToJsonString());
        return new JsonObject { ["header"] = Header, ["issuer"] = Issuer, ["audience"] = Audience, ["keySet"] = file };
    }

    /// <summary>A header line for alice, good for an hour.</summary>
    public string Line()
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new JsonObject
        {
            ["iss"] = Issuer, ["aud"] = Audience, ["email"] = "alice@example.org", ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
        var signed = $"{Encode("""{"alg":"ES256","typ":"JWT"}""")}.{Encode(claims.ToJsonString())}";
        return $"{Header}: {signed}.{Base64Url.EncodeToString(_key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    public void Dispose() => _key.Dispose();

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
}
