using System.Buffers;
using System.IO.Pipelines;

namespace Netclaw.Daemon.Listeners;

/// <summary>Shows the bytes of a request's head to <see cref="ConnectionLines"/> on their way to Kestrel, each once and before Kestrel sees it; afterwards it only passes on.</summary>
internal sealed class WatchedInput(PipeReader inner, ConnectionLines lines) : PipeReader
{
    private ReadOnlySequence<byte> _buffer;

    /// <summary>How much of what is not consumed has been shown already.</summary>
    private long _shown;

    public override bool TryRead(out ReadResult result)
    {
        var read = inner.TryRead(out result);
        if (read)
        {
            Show(result);
        }

        return read;
    }

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default)
    {
        var reading = inner.ReadAsync(cancellationToken);
        if (lines.IsComplete)
        {
            return reading;
        }

        return reading.IsCompletedSuccessfully ? ValueTask.FromResult(Show(reading.Result)) : ShowAsync(reading);
    }

    public override void AdvanceTo(SequencePosition consumed)
    {
        Consume(consumed);
        inner.AdvanceTo(consumed);
    }

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        Consume(consumed);
        inner.AdvanceTo(consumed, examined);
    }

    public override void CancelPendingRead() => inner.CancelPendingRead();

    public override void Complete(Exception? exception = null) => inner.Complete(exception);

    public override ValueTask CompleteAsync(Exception? exception = null) => inner.CompleteAsync(exception);

    private async ValueTask<ReadResult> ShowAsync(ValueTask<ReadResult> reading) => Show(await reading.ConfigureAwait(false));

    private ReadResult Show(ReadResult result)
    {
        if (!lines.IsComplete)
        {
            _buffer = result.Buffer;
            lines.Feed(_buffer.Slice(_shown));
            _shown = _buffer.Length;
        }

        return result;
    }

    private void Consume(SequencePosition consumed)
    {
        if (!lines.IsComplete)
        {
            _shown -= _buffer.Slice(_buffer.Start, consumed).Length;
        }

        _buffer = default;
    }
}

/// <summary>A transport whose input is watched.</summary>
internal sealed record WatchedTransport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
