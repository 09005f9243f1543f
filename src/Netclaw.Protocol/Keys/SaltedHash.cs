using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>
/// What an earlier gateway kept of a bearer token: the SHA-256 of the token's bytes and then the salt's. The token's bytes are the UTF-8 of its text. Salts
/// are hex in some files and base64 in others, and a text may be both: every reading of it is tried. Renders as <c>***</c>.
/// </summary>
[JsonConverter(typeof(SaltedHashJsonConverter))]
public sealed class SaltedHash : IEquatable<SaltedHash>
{
    /// <summary>In symbols; 64 bytes as hex.</summary>
    public const int LongestSalt = 128;

    private const int HexLength = 64;
    private const string HexSymbols = "0123456789abcdefABCDEF";

    private SaltedHash(string sha256, string salt) => (Sha256, Salt) = (sha256, salt);

    /// <summary>Lower-case hex.</summary>
    public string Sha256 { get; }

    /// <summary>As it stands in the file.</summary>
    public string Salt { get; }

    /// <param name="problem">What is wrong with either, for a person; without their values.</param>
    public static bool TryCreate(string? sha256, string? salt, out SaltedHash hash, out string problem)
    {
        problem = sha256 is not { Length: HexLength } || sha256.AsSpan().ContainsAnyExcept(HexSymbols) ? "its tokenHash is not a SHA-256 in hex (64 digits)"
            : string.IsNullOrEmpty(salt) ? "it has no salt"
            : salt.Length > LongestSalt ? $"its salt has more than {LongestSalt} symbols"
            : Readings(salt).Count == 0 ? "its salt is neither hex nor base64"
            : "";
        hash = problem.Length == 0 ? new SaltedHash(sha256!.ToLowerInvariant(), salt!) : null!;
        return problem.Length == 0;
    }

    /// <summary>In constant time for a token of the same length, whichever reading is right.</summary>
    public bool Matches(Secret token)
    {
        var expected = Convert.FromHexString(Sha256);
        var text = Encoding.UTF8.GetBytes(token.Reveal());
        Span<byte> found = stackalloc byte[SHA256.HashSizeInBytes];
        var right = false;
        foreach (var salt in Readings(Salt))
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(text);
            hash.AppendData(salt);
            hash.GetHashAndReset(found);
            right |= CryptographicOperations.FixedTimeEquals(found, expected);
        }

        CryptographicOperations.ZeroMemory(text);
        return right;
    }

    public bool Equals(SaltedHash? other) => other is not null && other.Sha256 == Sha256 && other.Salt == Salt;

    public override bool Equals(object? obj) => Equals(obj as SaltedHash);

    public override int GetHashCode() => HashCode.Combine(Sha256, Salt);

    public override string ToString() => "***";

    private static List<byte[]> Readings(string salt)
    {
        var readings = new List<byte[]>(2);
        if (salt.Length % 2 == 0 && !salt.AsSpan().ContainsAnyExcept(HexSymbols))
        {
            readings.Add(Convert.FromHexString(salt));
        }

        var standard = salt.Replace('-', '+').Replace('_', '/').TrimEnd('=');
        Span<byte> bytes = stackalloc byte[LongestSalt];
        if (Convert.TryFromBase64String(standard.PadRight((standard.Length + 3) / 4 * 4, '='), bytes, out var length) && length > 0)
        {
            readings.Add(bytes[..length].ToArray());
        }

        return readings;
    }
}

/// <summary>Stored as <c>{"sha256":"…","salt":"…"}</c>.</summary>
public sealed class SaltedHashJsonConverter : JsonConverter<SaltedHash>
{
    public override SaltedHash Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        string? sha256 = null, salt = null;
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a salted hash must be an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isHash, isSalt) = (reader.ValueTextEquals("sha256"u8), reader.ValueTextEquals("salt"u8));
            reader.Read();
            if (isHash || isSalt)
            {
                var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : throw new JsonException("hash and salt must be text");
                (sha256, salt) = isHash ? (text, salt) : (sha256, text);
            }
            else
            {
                reader.Skip();
            }
        }

        return SaltedHash.TryCreate(sha256, salt, out var hash, out _) ? hash : throw new JsonException("not a well-formed salted hash");
    }

    public override void Write(Utf8JsonWriter writer, SaltedHash value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("sha256"u8, value.Sha256);
        writer.WriteString("salt"u8, value.Salt);
        writer.WriteEndObject();
    }
}
