using System.Buffers;
using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>One element of a <c>Forwarded</c> header (RFC 7239 section 4): <c>for=192.0.2.60;proto=http;by=203.0.113.43</c>.</summary>
internal static class ForwardedElement
{
    private static readonly SearchValues<char> TokenSymbols =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <returns>Null when it is malformed, says <c>for</c> not exactly once, or says it of something that is no address.</returns>
    public static IPAddress? For(ReadOnlySpan<char> element)
    {
        ReadOnlySpan<char> found = default;
        var seen = false;
        foreach (var pair in new Pairs(element))
        {
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf('=');
            if (equals <= 0 || pair[..equals].ContainsAnyExcept(TokenSymbols) || !TryValue(pair[(equals + 1)..], out var value))
            {
                return null;
            }

            if (HeaderName.AreEqual(pair[..equals], "for"))
            {
                if (seen)
                {
                    return null;
                }

                seen = true;
                found = value;
            }
        }

        return seen ? HopAddress.Parse(found, bare: false) : null;
    }

    /// <summary>A token, or a quoted string without escapes: no identifier needs one, and they would read differently from the two ends.</summary>
    private static bool TryValue(ReadOnlySpan<char> text, out ReadOnlySpan<char> value)
    {
        var isQuoted = text.Length >= 2 && text[0] == '"' && text[^1] == '"';
        value = isQuoted ? text[1..^1] : text;
        return isQuoted ? !value.ContainsAny('"', '\\') : !value.IsEmpty && !value.ContainsAnyExcept(TokenSymbols);
    }

    /// <summary>Splits at semicolons outside quotes.</summary>
    private ref struct Pairs(ReadOnlySpan<char> element)
    {
        private ReadOnlySpan<char> _rest = element;
        private bool _ended;

        public ReadOnlySpan<char> Current { get; private set; }

        public readonly Pairs GetEnumerator() => this;

        public bool MoveNext()
        {
            if (_ended)
            {
                return false;
            }

            var end = 0;
            for (var quoted = false; end < _rest.Length && (quoted || _rest[end] != ';'); end++)
            {
                quoted ^= _rest[end] == '"';
            }

            _ended = end == _rest.Length;
            Current = _rest[..end].Trim(" \t");
            _rest = _ended ? default : _rest[(end + 1)..];
            return true;
        }
    }
}
