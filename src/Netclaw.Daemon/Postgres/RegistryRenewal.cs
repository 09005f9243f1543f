using Akka.Actor;
using Akka.DependencyInjection;
using Akka.Hosting;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Daemon.Journal;

namespace Netclaw.Daemon.Postgres;

/// <summary>
/// Replaces the registry's actor by one that has read the journal anew. The old one is gone before the new one begins, so that nobody who
/// decided on an older state can write; the view that sessions read stays what it was until the new one has recovered.
/// </summary>
internal sealed class RegistryRenewal(ActorSystem system, RegistryView view, TimeProvider time)
{
    private int _renewed;

    /// <returns>False when the journal could not be read.</returns>
    public async Task<bool> RunAsync(CancellationToken cancellation)
    {
        var actors = ActorRegistry.For(system);
        var before = view.Current;
        var old = actors.Get<DeviceRegistryKey>();
        var stopped = old.WatchAsync(cancellation);
        system.Stop(old);
        await stopped.ConfigureAwait(false);

        var fresh = JournalSetup.StartRegistry(system, DependencyResolver.For(system).Resolver, $"registry-{++_renewed}");
        var ended = fresh.WatchAsync(cancellation);
        actors.Register<DeviceRegistryKey>(fresh, overwrite: true);

        // The command waits behind the recovery; it is refused, for writing is not allowed yet, and that is the answer wanted.
        var answered = fresh.Ask<RegistryReply>(new RegistryCommand.ExpireDue(0, time.GetUtcNow()), Timeout.InfiniteTimeSpan, cancellation);
        _ = answered.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        await (await Task.WhenAny(answered, ended).ConfigureAwait(false)).ConfigureAwait(false);
        return !ReferenceEquals(before, view.Current);
    }
}
