using Microsoft.Extensions.Logging;
using Netclaw.Actors.Journal;

namespace Netclaw.Daemon.Keys;

/// <summary>
/// Carries the heads of the journal into the mark outside it while the daemon runs. Nobody waits for it: an acknowledgement rests on the journal alone, and
/// what a crash keeps from the mark is only not missed should it then be cut off as well. A write that fails is tried again, and said.
/// </summary>
public sealed class HeadKeeper(Keyring keys, JournalHealth journal, TimeProvider time, ILoggerFactory logs)
{
    /// <summary>How long heads are gathered: the mark is flushed to disk at most so often, and is behind the journal by at most so much.</summary>
    public static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    /// <summary>How soon a write that failed is tried again.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly ILogger _log = logs.CreateLogger("Netclaw.Keys");
    private volatile string? _problem;

    /// <summary>Why the mark is behind, for people; null while it is not.</summary>
    public string? Problem => _problem;

    /// <summary>Ends with <paramref name="stop"/>; never faults.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                await journal.Writers.MovedAsync(stop).ConfigureAwait(false);
                await Task.Delay(Gathering, time, stop).ConfigureAwait(false);
                while (!Write())
                {
                    await Task.Delay(Again, time, stop).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The last words are said once nobody writes any more.
        }
    }

    /// <summary>What is durable by now; thread-safe.</summary>
    /// <returns>False when the mark could not be written.</returns>
    public bool Write()
    {
        lock (_gate)
        {
            try
            {
                keys.Advance(journal.Writers.Heads);
                if (_problem is not null)
                {
                    _problem = null;
                    KeysLog.MarkCaughtUp(_log);
                }

                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                if (_problem is null)
                {
                    KeysLog.MarkBehind(_log, e.Message);
                }

                _problem = e.Message;
                return false;
            }
        }
    }
}
