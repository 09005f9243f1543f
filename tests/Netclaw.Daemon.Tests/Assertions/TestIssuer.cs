using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Tests.Assertions;

/// <summary>A proxy that signs assertions, by hand: any header, any claims.</summary>
internal sealed class TestIssuer(string keyId = "k1") : IDisposable
{
    public const string Issuer = "https://proxy.example";
    public const string Audience = "netclaw";

    public RSA Rsa { get; } = RSA.Create(2048);

    public ECDsa Curve { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public ECDsa Curve384 { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP384);

    public string KeySet => new JsonObject { ["keys"] = new JsonArray(RsaKey(), CurveKey(Curve, "P-256", keyId + "-256"), CurveKey(Curve384, "P-384", keyId + "-384")) }.ToJsonString();

    public static JsonObject Claims(DateTimeOffset now) => new()
    {
        ["iss"] = Issuer, ["aud"] = Audience, ["email"] = "alice@example.org",
        ["iat"] = now.ToUnixTimeSeconds(), ["nbf"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
    };

    public string Sign(JsonObject claims, string algorithm = "RS256", Action<JsonObject>? header = null)
    {
        var head = new JsonObject { ["alg"] = algorithm, ["typ"] = "JWT", ["kid"] = algorithm switch { "ES256" => keyId + "-256", "ES384" => keyId + "-384", _ => keyId } };
        header?.Invoke(head);
        return Sign(head.ToJsonString(), claims.ToJsonString(), algorithm);
    }

    public string Sign(string header, string claims, string algorithm)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(Signature(Encoding.ASCII.GetBytes(signed), algorithm))}";
    }

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public void Dispose()
    {
        Rsa.Dispose();
        Curve.Dispose();
        Curve384.Dispose();
    }

    private byte[] Signature(byte[] bytes, string algorithm) => algorithm switch
    {
        "RS384" => Rsa.SignData(bytes, HashAlgorithmName.SHA384, RSASignaturePadding.Pkcs1),
        "RS512" => Rsa.SignData(bytes, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
        "PS256" => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
        "ES256" => Curve.SignData(bytes, HashAlgorithmName.SHA256),
        "ES384" => Curve384.SignData(bytes, HashAlgorithmName.SHA384),
        "HS256" => HMACSHA256.HashData(Rsa.ExportSubjectPublicKeyInfo(), bytes),
        _ => Rsa.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
    };

    private JsonObject RsaKey()
    {
        var key = Rsa.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = keyId, ["n"] = Base64Url.EncodeToString(key.Modulus), ["e"] = Base64Url.EncodeToString(key.Exponent) };
    }

    private static JsonObject CurveKey(ECDsa curve, string name, string id)
    {
        var key = curve.ExportParameters(includePrivateParameters: false);
        return new JsonObject { ["kty"] = "EC", ["crv"] = name, ["kid"] = id, ["x"] = Base64Url.EncodeToString(key.Q.X), ["y"] = Base64Url.EncodeToString(key.Q.Y) };
    }
}
