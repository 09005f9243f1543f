using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;

namespace Netclaw.Crash.Tests.Recovery;

/// <summary>Recovers a crash state as a start does: keys, actor system, journal, registry. Twice: what the first start made of it must serve the second.</summary>
internal static class FullRecovery
{
    public static async Task<RegistrySnapshot> RecoverAsync(CrashState state, string recordedRoot)
    {
        using var scratch = new ScratchHome();
        new Materialised(recordedRoot, scratch.Home.Root).Become(state);
        var first = await StartAsync(scratch);
        var second = await StartAsync(scratch);
        return second.Sequence >= first.Sequence ? first : throw new BrokenInvariantException(Invariant.Recovers, $"the first start came to record {first.Sequence}, the second to {second.Sequence}");
    }

    /// <param name="files">A home's, by their paths there.</param>
    public static async Task<RegistrySnapshot> RecoverAsync(IReadOnlyDictionary<string, byte[]> files, string root)
    {
        using var scratch = new ScratchHome();
        scratch.Fill(files, root);
        return await StartAsync(scratch);
    }

    private static async Task<RegistrySnapshot> StartAsync(ScratchHome scratch)
    {
        await using var home = new RecordedHome(scratch);
        var problems = await home.StartAsync();
        return problems.Any
            ? throw new BrokenInvariantException(Invariant.Recovers, string.Join(" ", problems.Found.Select(problem => problem.Message)))
            : home.Registry.Snapshot;
    }
}
