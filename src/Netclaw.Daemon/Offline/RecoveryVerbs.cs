using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Home;
using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>Which row of the state table the home is in, and what a repair would write. Reads only, and takes no lock.</summary>
internal sealed class RecoverPlanVerb : IOfflineVerb
{
    public string Name => "recover-plan";

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (HomeVisit.Settings(call) is { } options)
        {
            call.Say(LocalAccessLook.Of(call.Home, options, call.Environment, TimeProvider.System.GetUtcNow()), ProtocolJson.Default.RecoveryPlanResult);
        }

        return Task.FromResult(ExitCodes.Ok);
    }
}

/// <summary>Does what <c>recover-plan</c> says, where that is safe.</summary>
internal sealed class RecoverRepairVerb : IOfflineVerb
{
    public string Name => "recover-repair";

    public IReadOnlyList<string> Options => ["--plan"];

    public bool Writes => true;

    public async Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (await HomeVisit.BeginAsync(call, cancellation).ConfigureAwait(false) is { } visit)
        {
            await using (visit.ConfigureAwait(false))
            {
                await RepairAsync(call, visit, cancellation).ConfigureAwait(false);
            }
        }

        return ExitCodes.Ok;
    }

    private static async Task RepairAsync(OfflineCall call, HomeVisit visit, CancellationToken cancellation)
    {
        var plan = visit.Plan;
        if (RepairPlan.Changed(plan, call.Option("--plan")) is { } changed)
        {
            call.Problems.Add(changed.Code, $"{changed.Seen}.", changed.Remedy);
            return;
        }

        if (!plan.Repairable && !plan.IsHealthy)
        {
            call.Problems.Add(RefusalCode.RepairNotSafe, plan.Meaning, plan.WayOut[0]);
            return;
        }

        if (await visit.OpenAsync(cancellation).ConfigureAwait(false) is not var (keys, registry))
        {
            return;
        }

        try
        {
            var repair = new LocalRepair(call.Home, keys, registry.AskAsync, () => registry.Snapshot, TimeProvider.System);
            switch (await repair.RunAsync(visit.Facts, plan, visit.Options.Gateway.Name).ConfigureAwait(false))
            {
                case LocalAccessRepair.Repaired repaired:
                    call.Say(repaired.Result, ProtocolJson.Default.RecoveryRepairResult);
                    break;
                case LocalAccessRepair.Refused refused:
                    call.Problems.Add(refused.Code, $"{refused.Seen}. What was in force stays in force.");
                    break;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            call.Problems.Add(RefusalCode.HomeNotWritable, $"{call.Home.KeysDirectory} cannot be written: {e.Message} What was in force stays in force.", DiskTrouble.Remedy(e, call.Home.KeysDirectory));
        }
    }
}
