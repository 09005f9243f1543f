namespace Netclaw.Protocol;

/// <summary>
/// Symbols that people read aloud and type: Crockford's base32. Reading forgives case, spaces and dashes, O for 0, I and L for 1;
/// it forgives nothing else, so that a wrong symbol is an error and never a guess.
/// </summary>
internal static class SpokenSymbols
{
    private const int Group = 4;
    private const int LongestTyped = 128;

    /// <summary>The canonical lower-case symbols; false unless exactly <paramref name="count"/> of them were typed.</summary>
    public static bool TryRead(string? typed, int count, out string symbols)
    {
        symbols = "";
        if (typed is null or { Length: > LongestTyped })
        {
            return false;
        }

        Span<char> read = stackalloc char[count];
        var length = 0;
        foreach (var symbol in typed)
        {
            if (IsSeparator(symbol))
            {
                continue;
            }

            var canonical = Canonical(symbol);
            if (length == count || !IdText.Alphabet.Contains(canonical))
            {
                return false;
            }

            read[length++] = canonical;
        }

        if (length != count)
        {
            return false;
        }

        symbols = new string(read);
        return true;
    }

    /// <summary>Groups of four, upper case, joined with dashes.</summary>
    public static string Show(string symbols) =>
        string.Join('-', symbols.ToUpperInvariant().Chunk(Group).Select(group => new string(group)));

    /// <summary>White space, the hyphen, and the dashes (U+2010 to U+2015) that editors make of it.</summary>
    private static bool IsSeparator(char symbol) => char.IsWhiteSpace(symbol) || symbol is '-' or (>= '\u2010' and <= '\u2015');

    private static char Canonical(char symbol) => symbol switch
    {
        'o' or 'O' => '0',
        'i' or 'I' or 'l' or 'L' => '1',
        >= 'A' and <= 'Z' => (char)(symbol | 0x20),
        _ => symbol,
    };
}
