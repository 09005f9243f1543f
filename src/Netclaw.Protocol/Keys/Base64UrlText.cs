using System.Buffers;
using System.Buffers.Text;

namespace Netclaw.Protocol;

/// <summary>
/// Base64url without padding (RFC 4648 section 5), read strictly: no white space, no padding, never an exception. The framework's
/// own Try methods throw on malformed text, which comes from anybody here.
/// </summary>
public static class Base64UrlText
{
    public static string Encode(ReadOnlySpan<byte> bytes) => Base64Url.EncodeToString(bytes);

    /// <summary>Into a buffer; false for malformed text and for text that does not fit.</summary>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        length = 0;
        return IsPlain(text) && Base64Url.DecodeFromChars(text, bytes, out _, out length) == OperationStatus.Done;
    }

    /// <summary>Exactly <paramref name="count"/> bytes, or false.</summary>
    public static bool TryDecode(string? text, int count, out byte[] bytes)
    {
        bytes = new byte[count];
        return text is not null && TryDecode(text, bytes, out var length) && length == count;
    }

    /// <summary>A loop, not a vectorised search: texts are short, and the search would have to be compiled at every start.</summary>
    private static bool IsPlain(ReadOnlySpan<char> text)
    {
        foreach (var symbol in text)
        {
            if (!char.IsAsciiLetterOrDigit(symbol) && symbol is not ('-' or '_'))
            {
                return false;
            }
        }

        return true;
    }
}
