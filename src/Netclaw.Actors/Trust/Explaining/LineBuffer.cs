namespace Netclaw.Actors.Trust.Explaining;

/// <summary>Cuts a stream into lines, many at a time. What has been taken is good until the next fill.</summary>
internal sealed class LineBuffer(int longest)
{
    private const int Block = 1 << 20;

    private byte[] _buffer = new byte[Block];
    private int _filled;
    private bool _skipping;

    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> FillAsync(Stream input, CancellationToken cancellation)
    {
        if (_filled == _buffer.Length)
        {
            Array.Resize(ref _buffer, _buffer.Length * 2);
        }

        var read = await input.ReadAsync(_buffer.AsMemory(_filled), cancellation).ConfigureAwait(false);
        _filled += read;
        return read > 0;
    }

    /// <summary>Every whole line; at the end of the stream also what is left without an end.</summary>
    public List<QuestionLine> Take(bool isLast)
    {
        var lines = new List<QuestionLine>();
        var start = 0;
        while (_buffer.AsSpan(start, _filled - start).IndexOf((byte)'\n') is >= 0 and var length)
        {
            Add(lines, start, length);
            start += length + 1;
        }

        if (isLast && start < _filled)
        {
            Add(lines, start, _filled - start);
            start = _filled;
        }

        Keep(start);
        return lines;
    }

    private void Add(List<QuestionLine> lines, int start, int length)
    {
        var isTooLong = _skipping || length > longest;
        _skipping = false;
        lines.Add(new QuestionLine(isTooLong ? default : _buffer.AsMemory(start, length), isTooLong));
    }

    /// <summary>Moves the rest to a buffer of its own, as lines still point into this one; drops it where it cannot become a line.</summary>
    private void Keep(int start)
    {
        var rest = _filled - start;
        if (rest > longest)
        {
            (rest, _skipping) = (0, true);
        }

        var next = new byte[Block];
        _buffer.AsSpan(start, rest).CopyTo(next);
        (_buffer, _filled) = (next, rest);
    }
}
