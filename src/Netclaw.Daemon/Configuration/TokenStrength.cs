namespace Netclaw.Daemon.Configuration;

/// <summary>How much a token's writer can have put into it, by its alphabet and length; a floor, not a proof of randomness.</summary>
internal static class TokenStrength
{
    public const int LeastBits = 128;

    /// <summary>Fewer different symbols than this nobody draws at random in so long a text.</summary>
    private const int LeastSymbols = 8;

    public static bool IsEnough(string token) => token.Length * BitsPerSymbol(token) >= LeastBits && token.Distinct().Count() >= LeastSymbols;

    private static double BitsPerSymbol(string token) => Math.Log2(
        token.All(char.IsAsciiDigit) ? 10
        : token.All(char.IsAsciiHexDigit) ? 16
        : token.All(char.IsAsciiLetterLower) || token.All(char.IsAsciiLetterUpper) ? 26
        : token.All(symbol => char.IsAsciiDigit(symbol) || char.IsAsciiLetterLower(symbol)) ? 36
        : 64);
}
