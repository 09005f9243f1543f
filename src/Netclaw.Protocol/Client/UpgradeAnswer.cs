using System.Globalization;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>The head of the HTTP answer to the upgrade (RFC 9112): status and headers, at most 16 KiB. Everything in it is a stranger's word.</summary>
/// <param name="SaidMore">What was read beyond the head: the first frames, when they follow at once.</param>
internal sealed record UpgradeAnswer(int Status, IReadOnlyDictionary<string, string> Headers, ReadOnlyMemory<byte> SaidMore)
{
    private const int LargestHead = 16 * 1024;
    private const string Version = "HTTP/1.";

    public string? Header(string name) => Headers.GetValueOrDefault(name);

    public static async Task<UpgradeAnswer> ReadAsync(Stream stream, GatewayEndpoint endpoint, CancellationToken cancellation)
    {
        var buffer = new byte[LargestHead];
        var length = 0;
        while (length < buffer.Length)
        {
            var read = await stream.ReadAsync(buffer.AsMemory(length), cancellation).ConfigureAwait(false);
            length += read;
            if (!IsHttpSoFar(buffer.AsSpan(0, length)))
            {
                throw DialFailure.NotHttp(endpoint);
            }

            var end = buffer.AsSpan(0, length).IndexOf("\r\n\r\n"u8);
            if (end >= 0)
            {
                return Parse(Encoding.Latin1.GetString(buffer, 0, end), buffer.AsMemory((end + 4)..length)) ?? throw DialFailure.NotHttp(endpoint);
            }

            if (read == 0)
            {
                throw length == 0 ? DialFailure.NoAnswer(endpoint) : DialFailure.NotHttp(endpoint);
            }
        }

        throw DialFailure.NotHttp(endpoint);
    }

    /// <summary>A server that speaks first, or something else, is told by its first bytes: it may never send an empty line.</summary>
    private static bool IsHttpSoFar(ReadOnlySpan<byte> head)
    {
        var shown = Math.Min(head.Length, Version.Length);
        return Ascii.Equals(head[..shown], Version.AsSpan(0, shown));
    }

    private static UpgradeAnswer? Parse(string head, ReadOnlyMemory<byte> saidMore)
    {
        var lines = head.Split("\r\n");
        if (lines[0].Split(' ') is not [_, { Length: 3 } code, ..] || !int.TryParse(code, NumberStyles.None, CultureInfo.InvariantCulture, out var status))
        {
            return null;
        }

        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in lines.AsSpan(1))
        {
            if (line.IndexOf(':') is > 0 and var colon)
            {
                headers.TryAdd(line[..colon], line[(colon + 1)..].Trim());
            }
        }

        return new UpgradeAnswer(status, headers, saidMore);
    }
}
