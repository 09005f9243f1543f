using System.Security.Cryptography;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Secrets;

/// <summary>What a shared secret may look like, wherever it is kept: one line; a line end after it is not part of it.</summary>
public static class SecretText
{
    private const int TokenBytes = 32;
    private const int Longest = 1024;

    private const int LeastBits = 128;

    /// <summary>A random text of that length has a dozen or more.</summary>
    private const int FewestDifferent = 5;

    /// <summary>256 random bits as base64url.</summary>
    public static string NewToken() => Base64UrlText.Encode(RandomNumberGenerator.GetBytes(TokenBytes));

    /// <summary>Null, with what is wrong, when the bytes are no secret.</summary>
    public static Secret? Read(ReadOnlySpan<byte> bytes, out string wrong)
    {
        try
        {
            return Read(new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes), out wrong);
        }
        catch (DecoderFallbackException)
        {
            wrong = "is not UTF-8 text";
            return null;
        }
    }

    /// <summary>Null, with what is wrong, when the text is no secret.</summary>
    public static Secret? Read(string text, out string wrong)
    {
        var line = text.TrimEnd('\r', '\n');
        wrong = line switch
        {
            { Length: 0 } => "is empty",
            { Length: > Longest } => $"has more than {Longest} characters",
            _ when line.Any(char.IsControl) => "has more than one line, or control characters in it",
            _ when line != line.Trim() => "begins or ends with a space",
            _ => "",
        };
        return wrong.Length == 0 ? new Secret(line) : null;
    }

    /// <summary>
    /// Null, or why <paramref name="token"/> can be guessed. A token has to be worth 128 bits, by its length and the alphabet it seems to be of: 22 symbols of base64url, 32
    /// hexadecimal digits. A floor, not a proof of randomness.
    /// </summary>
    public static string? Weakness(Secret token)
    {
        var text = token.Reveal();
        var needed = (int)Math.Ceiling(LeastBits / Math.Log2(AlphabetOf(text)));
        return text.Length < needed ? $"has {text.Length} characters; {LeastBits} bits take {needed} of that kind"
            : text.Distinct().Count() < FewestDifferent ? "repeats a few characters"
            : null;
    }

    private static int AlphabetOf(string text) =>
        text.All(char.IsAsciiDigit) ? 10
        : text.All(char.IsAsciiHexDigit) ? 16
        : text.All(char.IsAsciiLetterLower) || text.All(char.IsAsciiLetterUpper) ? 26
        : text.All(symbol => char.IsAsciiDigit(symbol) || char.IsAsciiLetterLower(symbol)) ? 36
        : 64;
}
