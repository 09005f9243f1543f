using Microsoft.Extensions.Logging;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;

namespace Netclaw.Daemon.Postgres;

/// <summary>
/// Watches the lease while the daemon runs. Lost: writes are refused from that moment, reads and sessions go on. Then, again and again:
/// 1 take the lease, 2 read the journal anew, 3 allow writes. The same way leads back from a write that failed while the lease was held.
/// </summary>
internal sealed class LeaseKeeper
{
    /// <summary>How often the server is asked, and how soon a failure is tried to be mended. A loss that a write meets is seen at once.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>How soon a journal that cannot be what it was is read once more, while the same server holds the lease.</summary>
    public static readonly TimeSpan DamageInterval = TimeSpan.FromSeconds(30);

    private const int MostSaid = 16;

    private readonly JournalLease _lease;
    private readonly RegistryView _view;
    private readonly JournalHealth _health;
    private readonly JournalRenewal _renewal;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly HashSet<string> _said = new(StringComparer.Ordinal);
    private long? _damageSeen;

    public LeaseKeeper(JournalLease lease, RegistryView view, JournalHealth health, JournalRenewal renewal, TimeProvider time, ILoggerFactory logs)
    {
        (_lease, _view, _health, _renewal, _time) = (lease, view, health, renewal, time);
        _log = logs.CreateLogger("Netclaw.Journal");
        _lease.Lost = Lost;
        _health.ComesBack = true;
    }

    /// <summary>Ends with <paramref name="stop"/>; never faults.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop).ConfigureAwait(false))
            {
                await TickAsync(stop).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The daemon is going down.
        }
    }

    private async Task TickAsync(CancellationToken stop)
    {
        try
        {
            await _lease.CheckAsync(stop).ConfigureAwait(false);
            if (_health.Failure is { } failure)
            {
                await ComeBackAsync(failure, stop).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            PostgresLog.Failed(_log, e);
        }
    }

    private async Task ComeBackAsync(JournalFailure failure, CancellationToken stop)
    {
        Say(failure.ToString());
        if (_lease.IsHeld) // 1
        {
            if (_damageSeen is { } seen && _time.GetElapsedTime(seen) < DamageInterval)
            {
                return;
            }
        }
        else if (await _lease.TryTakeAsync(stop).ConfigureAwait(false) is { } problem)
        {
            Say(problem.Message);
            return;
        }

        if (await _renewal.RunAsync(stop).ConfigureAwait(false) is { Count: > 0 } unread) // 2
        {
            Say(Damage(since: failure)?.ToString() ?? $"not read anew yet: {string.Join(", ", unread)}");
            return;
        }

        // A loss that comes after this look is reported, and what was read before a report counts for nothing.
        if (!_lease.IsHeld)
        {
            Say($"the connection to {_lease.Place} was lost again");
            return;
        }

        if (_health.TryRegain() is { Count: > 0 } late) // 3
        {
            Say($"not read anew since: {string.Join(", ", late)}");
            return;
        }

        _damageSeen = null;
        _said.Clear();
        PostgresLog.Back(_log, _lease.Place, _view.Current?.Sequence ?? 0);
    }

    /// <summary>What this look found; null when it found nothing, for example because the connection broke.</summary>
    private JournalFailure? Damage(JournalFailure since)
    {
        var found = _health.Failure is { Kind: JournalFailureKind.Unreadable } damage && !ReferenceEquals(damage, since) ? damage : null;
        _damageSeen = found is null ? null : _time.GetTimestamp();
        return found;
    }

    private void Lost(string seen) => _health.Report(
        new JournalFailure(JournalFailureKind.Away, DeviceRegistryActor.Id, _view.Current?.Sequence ?? 0, seen, _time.GetUtcNow()));

    /// <summary>Each thing once, not once a second.</summary>
    private void Say(string what)
    {
        if (_said.Count < MostSaid && _said.Add(what))
        {
            PostgresLog.Away(_log, what);
        }
    }
}
