using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Agents.Acp;

/// <summary>
/// What is written to an agent, one message after the other. What the agent has not taken yet stays in memory: it is counted, so that an agent which asks and never reads is not asked on without end.
/// </summary>
/// <param name="input">What the agent reads.</param>
/// <param name="patience">How long an agent whose answers have piled up may take to read the next one.</param>
internal sealed class AcpOutbox(Stream input, TimeSpan patience, TimeProvider time) : IDisposable
{
    /// <summary>Messages that may wait before nothing more is served.</summary>
    public const int MostWaiting = 256;

    /// <summary>Of messages that may wait before nothing more is served; one message may be larger.</summary>
    public const int MostWaitingBytes = 8 * 1024 * 1024;

    /// <summary>Unless somebody says otherwise.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SemaphoreSlim _writing = new(1, 1);
    private readonly Lock _gate = new();
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;
    private long _bytes;

    public async Task SendAsync(JsonObject message, CancellationToken cancellation)
    {
        var line = Encoding.UTF8.GetBytes(message.ToJsonString() + "\n");
        Count(line.Length);
        try
        {
            await _writing.WaitAsync(cancellation);
            try
            {
                // An agent that does not read fills the pipe; the write then ends with the agent, not before.
                var write = WriteAsync(line);
                await write.WaitAsync(cancellation);
            }
            finally
            {
                _writing.Release();
            }
        }
        finally
        {
            Discount(line.Length);
        }
    }

    /// <summary>Waits until another request may be served.</summary>
    /// <exception cref="InvalidDataException">The agent does not read.</exception>
    public async Task RoomAsync(CancellationToken cancellation)
    {
        while (IsFull(out var moved))
        {
            try
            {
                await moved.WaitAsync(patience, time, cancellation);
            }
            catch (TimeoutException)
            {
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"it asked more and more, and read no answer for {patience.TotalSeconds:0.#} s"));
            }
        }
    }

    public void Dispose() => _writing.Dispose();

    /// <param name="moved">Over when the next message has been taken.</param>
    private bool IsFull(out Task moved)
    {
        lock (_gate)
        {
            moved = _moved.Task;
            return _waiting >= MostWaiting || _bytes >= MostWaitingBytes;
        }
    }

    private void Count(int length)
    {
        lock (_gate)
        {
            _waiting++;
            _bytes += length;
        }
    }

    private void Discount(int length)
    {
        TaskCompletionSource moved;
        lock (_gate)
        {
            _waiting--;
            _bytes -= length;
            (moved, _moved) = (_moved, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        moved.TrySetResult();
    }

    private async Task WriteAsync(byte[] line)
    {
        await input.WriteAsync(line, CancellationToken.None);
        await input.FlushAsync(CancellationToken.None);
    }
}
