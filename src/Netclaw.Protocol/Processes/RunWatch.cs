using System.Globalization;

namespace Netclaw.Protocol.Processes;

/// <summary>Stays with a program until it, and whoever writes where it wrote, has ended; or ends them.</summary>
public sealed class RunWatch(ProcessGroup group, TimeProvider time)
{
    public const int MostBytes = 256 * 1024;

    /// <summary>How long what the program has left behind may keep its output open; and how long the last bytes may take after an end by force.</summary>
    private static readonly TimeSpan Linger = TimeSpan.FromMilliseconds(500);

    private readonly BoundedOutput _output = new(MostBytes);
    private readonly BoundedOutput _errors = new(MostBytes);

    /// <exception cref="OperationCanceledException">It was cancelled; the group has been ended.</exception>
    public async Task<RunOutcome> RunAsync(TimeSpan timeout, CancellationToken cancellation)
    {
        using var closing = new CancellationTokenSource();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var streams = Task.WhenAll(_output.DrainAsync(group.Output, closing.Token), _errors.DrainAsync(group.Errors, closing.Token));
        var exited = group.ExitedAsync();
        var (over, leftBehind) = (false, false);
        try
        {
            await exited.WaitAsync(either.Token);
            leftBehind = !await EndsAsync(streams, either.Token);
        }
        catch (OperationCanceledException)
        {
            over = true;
        }

        if (over || leftBehind)
        {
            await group.EndAsync(time);
            await exited.WaitAsync(Linger, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

            // Who left the group in time can hold its output for as long as it likes, but not us.
            _ = await EndsAsync(streams, CancellationToken.None);
            await closing.CancelAsync();
        }

        return over && cancellation.IsCancellationRequested
            ? throw new OperationCanceledException(cancellation)
            : new RunOutcome(over ? null : group.ExitCode, over, _output.ToString(), _errors.ToString(), Error(over, leftBehind, timeout));
    }

    private async Task<bool> EndsAsync(Task streams, CancellationToken cancellation)
    {
        try
        {
            await streams.WaitAsync(Linger, time, cancellation);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static string? Error(bool over, bool leftBehind, TimeSpan timeout) =>
        over ? string.Create(CultureInfo.InvariantCulture, $"It had not ended after {timeout.TotalMilliseconds:0} ms, and was ended with all that it had started.")
        : leftBehind ? "It ended and left others that held its output; they were ended."
        : null;
}
