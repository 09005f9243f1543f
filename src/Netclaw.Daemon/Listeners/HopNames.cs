using System.Text;

namespace Netclaw.Daemon.Listeners;

/// <summary>
/// Reads the values of <c>Connection</c>. The server replaces a value that comes down to one of "upgrade", "keep-alive" and "close" by that one word,
/// and with it the names of headers that the next hop is asked to drop (RFC 9110 section 7.6.1), which the evidence must see. A value that comes down to two of
/// them it leaves alone; so one that names a header is read as if it said both of the latter, of which "close" holds.
/// </summary>
internal sealed class HopNames : Encoding
{
    private const string Both = ", keep-alive, close";

    private static readonly string[] Harmless = ["upgrade", "keep-alive", "close"];

    private HopNames()
    {
    }

    /// <summary>For the server's choice of an encoding by header name.</summary>
    public static Encoding? For(string headerName) => headerName.Equals("Connection", StringComparison.OrdinalIgnoreCase) ? Instance : null;

    public override int GetCharCount(byte[] bytes, int index, int count) => Read(bytes.AsSpan(index, count)).Length;

    public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex)
    {
        var text = Read(bytes.AsSpan(byteIndex, byteCount));
        text.CopyTo(0, chars, charIndex, text.Length);
        return text.Length;
    }

    public override int GetMaxCharCount(int byteCount) => byteCount + Both.Length;

    public override int GetByteCount(char[] chars, int index, int count) => Latin1.GetByteCount(chars, index, count);

    public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

    public override int GetMaxByteCount(int charCount) => Latin1.GetMaxByteCount(charCount);

    private static readonly HopNames Instance = new();

    /// <exception cref="DecoderFallbackException">Not a list of names; the server answers 400.</exception>
    private static string Read(ReadOnlySpan<byte> value)
    {
        foreach (var symbol in value)
        {
            if (symbol is < 0x20 or > 0x7e && symbol != '\t')
            {
                throw new DecoderFallbackException("Connection holds a symbol that no name has");
            }
        }

        var text = ASCII.GetString(value);
        foreach (var name in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Harmless.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                return text + Both;
            }
        }

        return text;
    }
}
