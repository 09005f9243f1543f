namespace Netclaw.Actors.Trust.Explaining;

/// <summary>Cuts a stream into lines, many at a time. What has been taken is good until the next fill.</summary>
internal sealed class LineBuffer(int longest)
{
    private const int Block = 1 << 20;

    private byte[] _buffer = new byte[Block];
    private int _start;
    private int _filled;
    private bool _skipping;

    /// <returns>False at the end of the stream.</returns>
    public async ValueTask<bool> FillAsync(Stream input, CancellationToken cancellation)
    {
        _buffer.AsSpan(_start, _filled - _start).CopyTo(_buffer);
        (_start, _filled) = (0, _filled - _start);
        var read = await input.ReadAsync(_buffer.AsMemory(_filled), cancellation).ConfigureAwait(false);
        _filled += read;
        return read > 0;
    }

    /// <summary>Every whole line; at the end of the stream also what is left without an end.</summary>
    public List<QuestionLine> Take(bool isLast)
    {
        var lines = new List<QuestionLine>();
        while (_buffer.AsSpan(_start, _filled - _start).IndexOf((byte)'\n') is >= 0 and var length)
        {
            Add(lines, length);
            _start++;
        }

        if (isLast && (_start < _filled || _skipping))
        {
            Add(lines, _filled - _start);
        }
        else if (_filled - _start > longest)
        {
            // It cannot become a line any more: what comes of it is thrown away up to its end.
            (_start, _skipping) = (_filled, true);
        }

        return lines;
    }

    private void Add(List<QuestionLine> lines, int length)
    {
        var isTooLong = _skipping || length > longest;
        _skipping = false;
        lines.Add(new QuestionLine(isTooLong ? default : _buffer.AsMemory(_start, length), isTooLong));
        _start += length;
    }
}
