using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Keys;
using Netclaw.Daemon.Offline;
using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>
/// Makes of a crash state what <c>netclaw recover local-access</c> makes of it, and looks at what is in force then: one host credential, the one in the file, and
/// no other device touched. What was in force before is kept under another name.
/// </summary>
internal static class RepairRecovery
{
    public static async Task CheckAsync(CrashState state, string recordedRoot, Ledger ledger)
    {
        using var scratch = new ScratchHome();
        new Materialised(recordedRoot, scratch.Home.Root).Become(state);
        await RepairAsync(scratch.Home);
        await using var home = new RecordedHome(scratch);
        var problems = await home.StartAsync();
        if (problems.Any)
        {
            throw new BrokenInvariantException(Invariant.Recovers, problems.Found[0].Message);
        }

        var snapshot = home.Registry.Snapshot;
        var file = home.Keys!.Host?.Public.DeviceId;
        var inForce = RegistryFacts.Of(snapshot).Hosts.Where(host => host.Value is DeviceStand.Paired).Select(host => host.Key).ToList();
        if (file is null || snapshot.Host != file || snapshot.PreparedHost is not null || inForce is not [var only] || only != file)
        {
            throw new BrokenInvariantException(Invariant.HostKeyIsTheOneInForce,
                $"the file is {file?.Short ?? "missing"}, the registry has {snapshot.Host?.Short ?? "none"}; in force: {string.Join(", ", inForce.Select(host => host.Short))}");
        }

        RegistryInvariants.Check(ledger, RegistryFacts.Of(snapshot));
        var kept = Directory.EnumerateFiles(scratch.Home.KeysDirectory, "host.key*").Select(KeyFile.Load).OfType<KeyFileResult.Loaded>().Select(loaded => loaded.Key).ToList();
        var lost = RegistryFacts.Of(snapshot).Hosts.Keys.Except(kept.Select(key => key.Public.DeviceId)).ToList();
        kept.ForEach(key => key.Dispose());
        if (lost is [var gone, ..])
        {
            throw new BrokenInvariantException(Invariant.HostKeyIsTheOneInForce, $"the key of {gone.Short}, which was in force, has no name");
        }
    }

    /// <summary>Where the host's access is in order it does nothing.</summary>
    public static async Task RepairAsync(NetclawHome home)
    {
        using var output = new MemoryStream();
        var said = "";
        var code = await OfflineHost.RunAsync(
            ["recover-repair", "--home", home.Root, "--json"], _ => null, MachineFacts.Current, Stream.Null, output, text => said += text, CancellationToken.None);
        if (code != ExitCodes.Ok)
        {
            throw new BrokenInvariantException(Invariant.Recovers, $"recover-repair ends with {code}: {said}");
        }
    }
}
