using Netclaw.Protocol;

namespace Netclaw.Daemon.Transports;

/// <summary>
/// Everything one connection is to hear, in the order it was said. Idle, it costs no task; whoever adds to an idle queue writes at once,
/// for a thread change costs more than most writes, and leaves the rest to the pool as soon as one write does not complete by itself.
/// </summary>
internal sealed class OutboundQueue
{
    private readonly Lock _gate = new();
    private readonly Queue<Outbound> _waiting = new();
    private readonly Func<Outbound, ValueTask> _write;
    private readonly Action _overflowed;
    private long _bytes;
    private bool _running;
    private bool _ended;

    /// <param name="overflowed">More than <see cref="Limits.BufferedBytes"/> wait: the client does not read.</param>
    public OutboundQueue(Func<Outbound, ValueTask> write, Action overflowed)
    {
        _write = write;
        _overflowed = overflowed;
    }

    public void Add(Outbound item)
    {
        bool start;
        bool overflow;
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _waiting.Enqueue(item);
            _bytes += item.Bytes;
            _ended = item.IsLast;
            overflow = _bytes > Limits.BufferedBytes;
            _ended |= overflow;
            start = !_running;
            _running = true;
        }

        if (overflow)
        {
            _overflowed();
        }

        if (start)
        {
            _ = WriteAll();
        }
    }

    /// <summary>Whether so many bytes more would be too many.</summary>
    public bool IsFullFor(int bytes)
    {
        lock (_gate)
        {
            return _bytes + bytes > Limits.BufferedBytes;
        }
    }

    /// <summary>In place of everything that still waits.</summary>
    public void EndWith(Outbound last)
    {
        lock (_gate)
        {
            _ended = true;
            while (_waiting.TryDequeue(out var dropped))
            {
                _bytes -= dropped.Bytes;
            }

            _waiting.Enqueue(last);
            if (_running)
            {
                return;
            }

            _running = true;
        }

        _ = WriteAll();
    }

    private async Task WriteAll()
    {
        while (TryTake(out var item))
        {
            await _write(item).ConfigureAwait(false);
            lock (_gate)
            {
                _bytes -= item.Bytes;
            }
        }
    }

    private bool TryTake(out Outbound item)
    {
        lock (_gate)
        {
            _running = _waiting.TryDequeue(out item!);
            return _running;
        }
    }
}
