using System.Buffers;
using System.IO.Pipelines;

namespace Netclaw.Daemon.Transports;

/// <summary>
/// What a hub reads from, with a limit per message that can change while the connection lives (the hub's own is one number for all
/// connections). Once a message is too large nothing more is handed on; the reader then waits for the connection to be ended.
/// </summary>
internal sealed class LimitedReader(PipeReader inner, MessageLimit limit, byte delimiter) : PipeReader
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _exceeded;

    public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) =>
        Checked(inner.ReadAsync(cancellationToken), cancellationToken);

    public override bool TryRead(out ReadResult result) => throw new NotSupportedException("the hub reads with ReadAsync");

    public override void AdvanceTo(SequencePosition consumed) => AdvanceTo(consumed, consumed);

    public override void AdvanceTo(SequencePosition consumed, SequencePosition examined)
    {
        if (!_exceeded)
        {
            inner.AdvanceTo(consumed, examined);
        }
    }

    public override void CancelPendingRead()
    {
        _ended.TrySetResult();
        inner.CancelPendingRead();
    }

    public override void Complete(Exception? exception = null)
    {
        _ended.TrySetResult();
        inner.Complete(exception);
    }

    private async ValueTask<ReadResult> Checked(ValueTask<ReadResult> read, CancellationToken cancellationToken)
    {
        var result = await read.ConfigureAwait(false);
        if (IsWithin(result.Buffer))
        {
            return result;
        }

        _exceeded = true;
        limit.Exceed();
        await _ended.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        return new ReadResult(ReadOnlySequence<byte>.Empty, isCanceled: true, isCompleted: true);
    }

    /// <summary>Only a buffer longer than one message may be can hold a message that is too long.</summary>
    private bool IsWithin(in ReadOnlySequence<byte> buffer)
    {
        var bytes = limit.Bytes;
        if (buffer.Length <= bytes)
        {
            return true;
        }

        var rest = buffer;
        while (rest.Length > bytes)
        {
            if (rest.Slice(0, bytes + 1L).PositionOf(delimiter) is not { } end)
            {
                return false;
            }

            rest = rest.Slice(rest.GetPosition(1, end));
        }

        return true;
    }
}
