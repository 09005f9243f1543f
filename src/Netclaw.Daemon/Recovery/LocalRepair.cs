using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Recovery;
using Netclaw.Daemon.Keys;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Recovery;

/// <summary>Does what a plan says, for a row that may be repaired, and tells what it came to. Daemon and offline verb share it.</summary>
internal sealed class LocalRepair(NetclawHome home, Keyring keys, Func<RegistryCommand, Task<RegistryReply?>> ask, Func<RegistrySnapshot> view, TimeProvider time)
{
    /// <summary>Nothing else is tried where the plan says that there is nothing to do.</summary>
    /// <exception cref="IOException">A file could not be written; what was in force stays in force.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public async Task<LocalAccessRepair> RunAsync(LocalAccessFacts facts, RecoveryPlanResult plan, string gateway)
    {
        var rotation = new HostRotation(home, ask, view, time);
        var row = (LocalAccessRow)plan.Row;
        if (row == LocalAccessRow.Healthy)
        {
            return await FinishedAsync(rotation, plan).ConfigureAwait(false);
        }

        if (!plan.Repairable)
        {
            return new LocalAccessRepair.Refused(RefusalCode.RepairNotSafe, plan.Meaning, plan.WayOut.FirstOrDefault());
        }

        var outcome = await EnrolFirstAsync(row, facts).ConfigureAwait(false) ?? await rotation.RotateAsync().ConfigureAwait(false);
        if (outcome is RotationOutcome.Rotated rotated)
        {
            var id = rotated.Key.Public.DeviceId;
            keys.TakeHost(rotated.Key);
            keys.Reached(view().Bootstrap, gateway);
            return new LocalAccessRepair.Repaired(Result(plan, id, rotated.Former, rotated.ConnectionsClosed, rotated.SetAside));
        }

        var refused = (RotationOutcome.Refused)outcome;
        return new LocalAccessRepair.Refused(refused.Code, refused.Seen);
    }

    /// <summary>A first start enrols the key that it has just made; so does this.</summary>
    private async Task<RotationOutcome?> EnrolFirstAsync(LocalAccessRow row, LocalAccessFacts facts)
    {
        if (row != LocalAccessRow.Fresh || facts.HostKey is not HostKeyFact.Missing || KeyFile.Load(home.HostKey) is not KeyFileResult.Loaded made)
        {
            return null;
        }

        var reply = await ask(new RegistryCommand.EnrolHost(1, time.GetUtcNow(), made.Key.Public, HostRotation.HostName)).ConfigureAwait(false);
        if (reply is RegistryReply.Done)
        {
            return new RotationOutcome.Rotated(made.Key, null, 0, []);
        }

        made.Key.Dispose();
        return reply is RegistryReply.Refused refused
            ? new RotationOutcome.Refused(refused.Code, refused.Seen)
            : new RotationOutcome.Refused(RefusalCode.JournalUnavailable, "the journal failed");
    }

    private async Task<LocalAccessRepair> FinishedAsync(HostRotation rotation, RecoveryPlanResult plan)
    {
        switch (await rotation.FinishAsync().ConfigureAwait(false))
        {
            case RotationOutcome.Rotated rotated:
                var id = rotated.Key.Public.DeviceId;
                keys.TakeHost(rotated.Key);
                return new LocalAccessRepair.Repaired(Result(plan, id, rotated.Former, rotated.ConnectionsClosed, rotated.SetAside));
            case RotationOutcome.Refused refused:
                return new LocalAccessRepair.Refused(refused.Code, refused.Seen);
            default:
                return new LocalAccessRepair.Repaired(Result(plan, view().Host!.Value, null, 0, []));
        }
    }

    /// <summary>Counted anew: kept is who was there before and is there now.</summary>
    private RecoveryRepairResult Result(RecoveryPlanResult plan, DeviceId host, DeviceId? former, int closed, ImmutableArray<string> aside) => new(
        plan.Row, host, view().Devices.Values.Count(device => device is { IsRevoked: false, Kind: not DeviceKind.Host }), plan.DevicesOf, aside, former, closed);
}
