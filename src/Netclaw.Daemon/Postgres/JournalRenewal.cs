using Akka.Actor;
using Netclaw.Actors.Journal;
using Netclaw.Daemon.Journal;

namespace Netclaw.Daemon.Postgres;

/// <summary>
/// Ends every actor that writes to the journal, whoever started it, then starts anew those that live as long as the daemon. The old ones are gone before
/// a new one begins, so that nobody who decided on an older state can write; what sessions read stays what it was until a new one has recovered.
/// </summary>
internal sealed class JournalRenewal(ActorSystem system, JournalHealth health)
{
    private int _times;

    /// <returns>The persistent actors that could not read the journal; empty when all could.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken cancellation)
    {
        await Task.WhenAll(health.Writers.Living.Select(writer => EndAsync(writer.Actor, cancellation))).ConfigureAwait(false);

        _times++;
        var started = PersistentActor.All.Select(each => (each.Name, Actor: each.StartAgain(system, _times))).ToArray();
        var recovered = await Task.WhenAll(started.Select(each => RecoveredAsync(each.Actor, cancellation))).ConfigureAwait(false);
        return [.. started.Zip(recovered).Where(each => !each.Second).Select(each => each.First.Name)];
    }

    private async Task EndAsync(IActorRef actor, CancellationToken cancellation)
    {
        var ended = actor.WatchAsync(cancellation);
        system.Stop(actor);
        await ended.ConfigureAwait(false);
    }

    /// <returns>False when it ended instead.</returns>
    private async Task<bool> RecoveredAsync(IActorRef actor, CancellationToken cancellation)
    {
        // Answered once it has entered; if it never does, its end says so.
        var entered = actor.Ask<ActorIdentity>(new Identify(actor.Path), Timeout.InfiniteTimeSpan, cancellation);
        _ = entered.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        await (await Task.WhenAny(entered, actor.WatchAsync(cancellation)).ConfigureAwait(false)).ConfigureAwait(false);
        return health.Writers.Living.FirstOrDefault(writer => writer.Actor.Equals(actor)) is { } writer
            && await writer.Recovery.WaitAsync(cancellation).ConfigureAwait(false);
    }
}
