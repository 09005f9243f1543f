using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>
/// The hops that forwarding headers name, nearest first: each proxy appends on the right, so what stands on the left is only as good as the hops to
/// the right of it. Read from the right and no further than asked, so that nothing a client made up on the left can have any effect.
/// </summary>
internal static class ForwardingChain
{
    private const int LongestElement = 512;

    /// <summary><c>X-Forwarded-For</c>. A hop that is no address is null.</summary>
    public static IEnumerable<IPAddress?> ForwardedFor(List<string> lines)
    {
        for (var line = lines.Count - 1; line >= 0; line--)
        {
            var text = lines[line];
            for (var end = text.Length; end >= 0;)
            {
                var comma = end == 0 ? -1 : text.LastIndexOf(',', end - 1);
                yield return HopAddress.Parse(text.AsSpan(comma + 1, end - comma - 1), bare: true);
                end = comma;
            }
        }
    }

    /// <summary><c>Forwarded</c> (RFC 7239). An element that cannot be read is null.</summary>
    public static IEnumerable<IPAddress?> Forwarded(List<string> lines)
    {
        for (var line = lines.Count - 1; line >= 0; line--)
        {
            var text = lines[line];
            for (var end = text.Length; end >= 0;)
            {
                if (CommaBefore(text, end) is not { } comma)
                {
                    yield return null;
                    yield break;
                }

                yield return ForwardedElement.For(text.AsSpan(comma + 1, end - comma - 1));
                end = comma;
            }
        }
    }

    /// <summary>The nearest comma to the left outside quotes, -1 at the beginning; null when a quote has no beginning or the element no end.</summary>
    private static int? CommaBefore(string text, int end)
    {
        var isQuoted = false;
        for (var index = end - 1; index >= 0; index--)
        {
            if (end - index > LongestElement || (isQuoted && text[index] == '\\'))
            {
                return null;
            }

            if (text[index] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (text[index] == ',' && !isQuoted)
            {
                return index;
            }
        }

        return isQuoted ? null : -1;
    }
}
