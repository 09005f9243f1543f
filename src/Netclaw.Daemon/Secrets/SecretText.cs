using System.Security.Cryptography;
using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Secrets;

/// <summary>What a shared secret may look like, wherever it is kept: one line; a line end after it is not part of it.</summary>
public static class SecretText
{
    private const int TokenBytes = 32;
    private const int Longest = 1024;

    /// <summary>Half of them in base64url are 128 bits.</summary>
    private const int FewestSymbols = 22;

    /// <summary>A hexadecimal digit is worth four bits.</summary>
    private const int FewestHexDigits = 32;

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

    /// <summary>Null, or why <paramref name="token"/> can be guessed: a token has to be worth 128 bits.</summary>
    public static string? Weakness(Secret token)
    {
        var text = token.Reveal();
        return text switch
        {
            { Length: < FewestSymbols } => $"has {text.Length} characters; 128 bits take at least {FewestSymbols}",
            { Length: < FewestHexDigits } when text.All(char.IsAsciiHexDigit) => $"has {text.Length} hexadecimal digits; 128 bits take {FewestHexDigits}",
            _ when text.Distinct().Count() < FewestDifferent => "repeats a few characters",
            _ => null,
        };
    }
}
