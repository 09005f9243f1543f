using System.Buffers;
using System.Collections.Immutable;
using System.Text;

namespace Netclaw.Daemon.Listeners;

/// <summary>
/// The <c>Connection</c> lines of a request, from its bytes. Kestrel shortens the header to the one word it acts on, and so hides what a client asked the
/// hops before us to drop: <c>Upgrade, X-Forwarded-User</c> reads as <c>Upgrade</c> there.
/// </summary>
public sealed class ConnectionLines
{
    private const int Longest = 16 * 1024;
    private const int Usual = 32;
    private const string Upgrade = "Upgrade";

    private static readonly byte[] Name = "connection:"u8.ToArray();

    /// <summary>Only while a line is being gathered: connections live long, their heads do not.</summary>
    private ArrayBufferWriter<byte>? _value;
    private int _column;
    private int _matched;
    private bool _isBlank = true;
    private bool _hasRequestLine;

    /// <summary>Past the empty line that ends the head: nothing after it is looked at.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>In order, as they came.</summary>
    public ImmutableArray<string> Values { get; private set; } = [];

    /// <param name="bytes">The next ones of the stream.</param>
    public void Feed(ReadOnlySequence<byte> bytes)
    {
        foreach (var segment in bytes)
        {
            foreach (var symbol in segment.Span)
            {
                if (IsComplete)
                {
                    return;
                }

                Feed(symbol);
            }
        }
    }

    private void Feed(byte symbol)
    {
        if (symbol == '\n')
        {
            EndLine();
            return;
        }

        _isBlank &= symbol == '\r';
        if (_matched == Name.Length)
        {
            _value ??= new ArrayBufferWriter<byte>(Usual);
            if (_value.WrittenCount < Longest)
            {
                _value.Write([symbol]);
            }
        }
        else if (_matched == _column && (symbol | (symbol is >= (byte)'A' and <= (byte)'Z' ? 0x20 : 0)) == Name[_matched])
        {
            _matched++;
        }

        _column++;
    }

    private void EndLine()
    {
        IsComplete = _isBlank && _hasRequestLine;
        if (_matched == Name.Length && _hasRequestLine)
        {
            var value = _value is null ? "" : Encoding.Latin1.GetString(_value.WrittenSpan).Trim();
            Values = Values.Add(value == Upgrade ? Upgrade : value);
        }

        _hasRequestLine |= !_isBlank;
        _value = null;
        (_column, _matched, _isBlank) = (0, 0, true);
    }
}
