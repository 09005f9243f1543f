using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;

namespace Netclaw.Daemon.Lifetime;

/// <summary>
/// Tells the service manager that the daemon lives, as long as the registry answers. A registry that says nothing in time is what a watchdog is for: only a
/// new process helps. A journal that is known to have failed is not: sessions go on read-only (recovery.md), which an end would take from them, and a
/// new process would meet the same disk; that is said as the status instead.
/// </summary>
internal sealed class ServiceWatch(ServiceManager manager, Func<TimeSpan, Task<bool>> registryAnswers, JournalHealth journal, string serving, TimeProvider time)
{
    /// <summary>How often the status is looked after where nobody watches.</summary>
    private static readonly TimeSpan Unwatched = TimeSpan.FromSeconds(10);

    private string? _said;

    /// <summary>Twice as often as it must be, so that one late answer is not the end.</summary>
    public TimeSpan Every => manager.Watchdog / 2 ?? Unwatched;

    /// <param name="registry">Of the running daemon, whichever it is by then; it is asked what has expired, which writes nothing when nothing has.</param>
    public static Func<TimeSpan, Task<bool>> Asking(Func<IActorRef> registry, TimeProvider time) => async budget =>
    {
        try
        {
            await registry().Ask<RegistryReply>(new RegistryCommand.ExpireDue(0, time.GetUtcNow()), budget).ConfigureAwait(false);
            return true;
        }
        catch (Exception e) when (e is AskTimeoutException or OperationCanceledException)
        {
            return false;
        }
    };

    /// <summary>Ends with <paramref name="stop"/>; never faults.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                await LookAsync().ConfigureAwait(false);
            }
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The daemon is going down, and has said so.
        }
    }

    /// <summary>One look: a sign of life if there is one, and the status when it has changed.</summary>
    public async Task LookAsync()
    {
        var answers = journal.Failure is not null || await registryAnswers(Every).ConfigureAwait(false);
        var failure = journal.Failure;
        if (answers || failure is not null)
        {
            manager.Alive();
        }

        var status = failure is not null ? $"read-only: {failure}" : answers ? serving : "the device registry does not answer";
        if (status != (_said ?? serving))
        {
            _said = status;
            manager.Status(status);
        }
    }
}
