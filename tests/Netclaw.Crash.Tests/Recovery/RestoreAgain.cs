using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>The two ways in which a person goes on after a crash in a restore: starting, and running the same command again. After both the host gets in, and whoever must stay out does.</summary>
internal static class RestoreAgain
{
    public static async Task CheckAsync(CrashState state, RecordedRestore run, RestoreStand stand)
    {
        using var scratch = new ScratchHome();
        RestoreRecovery.Become(scratch.Home, state, run.Home);
        var started = await StartAsync(scratch);
        var read = (stand.IsRestored ? run.Next : run.Former).Facts(stand.Records);
        if (started.Devices.Count != read.Devices.Count || started.Devices.Any(device => !read.Devices.TryGetValue(device.Key, out var there) || there != device.Value))
        {
            throw new BrokenInvariantException(Invariant.BothRecoveriesAgree, $"a start finds {started.Devices.Count} devices, reading {stand.Records} records finds {read.Devices.Count}, or others");
        }

        RestoreRecovery.Become(scratch.Home, state, run.Home);
        await RecordedRestore.RestoreAsync(scratch.Home);
        var again = await StartAsync(scratch);
        foreach (var (device, stands) in run.Given.SelectMany(change => change.Outcome))
        {
            // Asked for once more, what was written since the first time has another backup's place.
            if (again.Devices.GetValueOrDefault(device) is not { } found || found != stands)
            {
                throw new BrokenInvariantException(stands is DeviceStand.Revoked ? Invariant.RevokedStaysRevoked : Invariant.AcknowledgedIsKept, $"restored again, {device.Short} is not {stands}");
            }
        }
    }

    /// <summary>The host was given another key since the backup: local access comes back by the command that the log and doctor name.</summary>
    private static async Task<RegistryFacts> StartAsync(ScratchHome scratch)
    {
        await RepairRecovery.RepairAsync(scratch.Home);
        await using var home = new RecordedHome(scratch);
        var problems = await home.StartAsync();
        if (problems.Any)
        {
            throw new BrokenInvariantException(Invariant.Recovers, string.Join(" ", problems.Found.Select(problem => problem.Message)));
        }

        return home.Registry.Snapshot.Host is { } host && host == home.Keys!.Host?.Public.DeviceId
            ? RegistryFacts.Of(home.Registry.Snapshot)
            : throw new BrokenInvariantException(Invariant.HostKeyIsTheOneInForce, $"the file is {home.Keys!.Host?.Public.DeviceId.Short ?? "missing"}, the registry has {home.Registry.Snapshot.Host?.Short ?? "none"}");
    }
}
