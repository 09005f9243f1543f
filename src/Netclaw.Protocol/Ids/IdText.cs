using System.Security.Cryptography;

namespace Netclaw.Protocol;

/// <summary>The alphabet of every id: Crockford's base32, lower case, no vowels that spell words, no look-alikes.</summary>
internal static class IdText
{
    public const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    /// <summary><paramref name="symbols"/> random symbols, 5 bits each.</summary>
    public static string Random(string prefix, int symbols)
    {
        Span<byte> bytes = stackalloc byte[symbols];
        RandomNumberGenerator.Fill(bytes);
        return Render(prefix, bytes, symbols, static (source, index) => source[index] & 31);
    }

    /// <summary>The first <paramref name="symbols"/> five-bit groups of <paramref name="bytes"/>, most significant first.</summary>
    public static string Encode(string prefix, ReadOnlySpan<byte> bytes, int symbols) =>
        Render(prefix, bytes, symbols, static (source, index) =>
        {
            var bit = index * 5;
            var window = (source[bit / 8] << 8) | (bit / 8 + 1 < source.Length ? source[bit / 8 + 1] : 0);
            return (window >> (11 - bit % 8)) & 31;
        });

    public static bool IsWellFormed(string? text, string prefix, int symbols)
    {
        if (text is null || text.Length != prefix.Length + symbols || !text.StartsWith(prefix, StringComparison.Ordinal))
        {
            return false;
        }

        return !text.AsSpan(prefix.Length).ContainsAnyExcept(Alphabet);
    }

    private delegate int Symbol(ReadOnlySpan<byte> source, int index);

    private static string Render(string prefix, ReadOnlySpan<byte> source, int symbols, Symbol symbol)
    {
        Span<char> text = stackalloc char[prefix.Length + symbols];
        prefix.CopyTo(text);
        for (var i = 0; i < symbols; i++)
        {
            text[prefix.Length + i] = Alphabet[symbol(source, i)];
        }

        return new string(text);
    }
}
