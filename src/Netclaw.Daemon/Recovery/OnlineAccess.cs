using Akka.Hosting;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Hosting;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Journal;
using Netclaw.Daemon.Lifetime;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>The running daemon's own access to its host: it holds the lock, its registry is read, and its keys are taken over without a restart.</summary>
internal sealed class OnlineAccess(PreparedHome prepared, IRequiredActor<DeviceRegistryKey> registry, RegistryView view, JournalHealth journal, TimeProvider time)
    : ILocalAccess, IDisposable
{
    private readonly SemaphoreSlim _one = new(1);

    public Task<RecoveryPlanResult> PlanAsync() => Task.Run(() => Plan(Facts()));

    public async Task<LocalAccessRepair> RepairAsync(string? agreed)
    {
        await _one.WaitAsync().ConfigureAwait(false);
        try
        {
            var facts = await Task.Run(Facts).ConfigureAwait(false);
            var plan = Plan(facts);
            return RepairPlan.Changed(plan, agreed) as LocalAccessRepair ?? await new LocalRepair(
                prepared.Home, prepared.Keys, command => registry.ActorRef.AskUnlessFailedAsync(command, journal), () => view.Current ?? RegistrySnapshot.Empty, time)
                .RunAsync(facts, plan, prepared.Options.Gateway.Name).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private RecoveryPlanResult Plan(LocalAccessFacts facts) => RepairPlan.Of(facts, prepared.Home, prepared.Options.Gateway.Name);

    private LocalAccessFacts Facts() => LocalAccessSurvey.Of(
        prepared.Home,
        journal.Failure switch
        {
            null => new JournalFact.Sound(),
            { Kind: JournalFailureKind.Unreadable } failure => new JournalFact.Unreadable(failure.ToString()),
            var failure => new JournalFact.Stopped(failure.ToString(), JournalTrouble.Remedy(journal.State)),
        },
        view.Current, new LockFact.Free());
}
