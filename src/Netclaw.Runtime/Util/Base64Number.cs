namespace Akka.Util;

/// <summary>The short form of a counter in generated actor names: base 64, least significant digit first.</summary>
internal static class Base64Number
{
    private const string Digits = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+~";

    public static string Encode(long number, string prefix)
    {
        Span<char> text = stackalloc char[prefix.Length + 11];
        prefix.CopyTo(text);
        var length = prefix.Length;
        do
        {
            text[length++] = Digits[(int)(number & 63)];
            number >>>= 6;
        }
        while (number != 0);
        return new string(text[..length]);
    }

    /// <summary>False when <paramref name="text"/> is not what <see cref="Encode"/> writes.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, out long number)
    {
        number = 0;
        if (text.Length is 0 or > 10)
            return false;
        for (var i = 0; i < text.Length; i++)
        {
            var digit = Digits.IndexOf(text[i], StringComparison.Ordinal);
            if (digit < 0)
                return false;
            number |= (long)digit << (6 * i);
        }

        return text.Length == 1 || text[^1] != 'a';
    }
}
