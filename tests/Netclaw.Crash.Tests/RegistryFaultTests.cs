using Netclaw.Actors.Devices;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Crash.Vfs.Faults;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Daemon.Start;
using Netclaw.Protocol;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>
/// Each call on keys, journal and snapshots fails in turn, from the opening of the keys to the last record. What was acknowledged stays, nothing is acknowledged
/// that was not flushed, and the next start finds a home that it can use: as a kill leaves it, as a stop does, and as a power cut does that takes all that was not flushed.
/// </summary>
public sealed class RegistryFaultTests(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ScratchHome _settled = new();
    private readonly SigningKey _kept = SigningKey.Generate();
    private Dictionary<string, byte[]> _files = [];

    public async Task InitializeAsync()
    {
        await using (var home = new RecordedHome(_settled))
        {
            Assert.Empty((await home.StartAsync()).Found);
            await home.PairAsync(_kept.Public, ScopeSet.DeviceDefault, "kept");
        }

        _files = _settled.Files();
    }

    public Task DisposeAsync()
    {
        _settled.Dispose();
        _kept.Dispose();
        return Task.CompletedTask;
    }

    public static TheoryData<FaultKind, bool> Faults => new()
    {
        { FaultKind.Broken, false },
        { FaultKind.Broken, true },
        { FaultKind.Full, false },
        { FaultKind.Full, true },
        { FaultKind.ShortWrite, false },
        { FaultKind.FlushFails, false },
        { FaultKind.FlushFails, true },
        { FaultKind.RenameFails, false },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ACallThatFails_CostsNoAcknowledgedChange_WhicheverItIs(FaultKind kind, bool lasting) =>
        await SweepAsync(kind, lasting, () => new Ledger().Given(new Change.Pair(_kept.Public.DeviceId, ScopeSet.DeviceDefault)), _files);

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task ACallThatFails_InTheFirstStart_LeavesAHomeThatStarts(FaultKind kind, bool lasting) => await SweepAsync(kind, lasting, () => new Ledger(), []);

    private async Task SweepAsync(FaultKind kind, bool lasting, Func<Ledger> ledger, Dictionary<string, byte[]> before)
    {
        var (points, refused, seen) = (0, 0, new SortedSet<string>(StringComparer.Ordinal));
        while (true)
        {
            var plan = new FaultPlan(kind, points, lasting);
            using var scratch = new ScratchHome();
            scratch.Fill(before, _settled.Home.Root);
            try
            {
                refused += await TryAsync(scratch, plan, ledger()) ? 0 : 1;
            }
            catch (Exception e) when (e is not BrokenInvariantException)
            {
                throw new InvalidOperationException($"{plan} ({string.Join(", ", plan.Failed)})", e);
            }
            catch (BrokenInvariantException e)
            {
                throw new BrokenInvariantException(e.Invariant, $"{e.Seen} ({plan}: {string.Join(", ", plan.Failed)})");
            }

            if (!plan.WasReached)
            {
                break;
            }

            points++;
            seen.UnionWith(plan.Failed);
        }

        output.WriteLine($"{kind}{(lasting ? ", lasting" : "")}: {points} points, {refused} of them refused the start; {string.Join(", ", seen)}");
        Assert.True(points > 0, "no call could fail in this way");
    }

    /// <returns>False when the start was refused.</returns>
    private static async Task<bool> TryAsync(ScratchHome scratch, FaultPlan plan, Ledger ledger)
    {
        var disk = Disk.Of(scratch.Files());
        await using var home = new RecordedHome(scratch, new RegistryOptions { SnapshotEvery = 4, SnapshotAtStop = 1 });
        home.Scope.Arm(plan);
        var problems = await home.StartAsync();
        if (!problems.Any)
        {
            await PlayAsync(home);
            var isHealthy = home.Registry.Health.IsHealthy;
            FlushInvariants.Check(home.Scope.Events, home.Home.JournalDatabase);
            home.Scope.Arm(null);
            await RefusesNowAsync(home, isHealthy);
        }
        else
        {
            Assert.All(problems.Found, MustBeForPeople);
            home.Scope.Arm(null);
        }

        var events = home.Scope.Events;
        foreach (var @event in events)
        {
            disk.Apply(@event);
        }

        ledger.Note(events);
        var killed = scratch.Files();
        await home.StopAsync();
        RegistryInvariants.Check(ledger, RegistryFacts.Of(await FullRecovery.RecoverAsync(killed, scratch.Home.Root)));
        RegistryInvariants.Check(ledger, RegistryFacts.Of(await FullRecovery.RecoverAsync(scratch.Files(), scratch.Home.Root)));
        RegistryInvariants.Check(ledger, RegistryFacts.Of(await FullRecovery.RecoverAsync(CrashStates.OnlyFlushed(disk, events.Count), scratch.Home.Root)));
        return !problems.Any;
    }

    private static async Task PlayAsync(RecordedHome home)
    {
        using var first = SigningKey.Generate();
        using var second = SigningKey.Generate();
        await home.PairAsync(first.Public, ScopeSet.DeviceDefault, "first");
        home.MarkHeads();
        await home.SetScopesAsync(first.Public.DeviceId, ScopeSet.ReadWrite);
        await home.ApproveAsync(second.Public, ScopeSet.ReadWrite, "second");
        await home.RevokeAsync(first.Public.DeviceId);
        try
        {
            await home.RotateHostAsync();
        }
        catch (IOException)
        {
            // A file could not be written: no answer, and what was in force stays in force.
        }
    }

    /// <summary>The disk is well again, and that changes nothing: a journal that failed takes no change until it is read anew.</summary>
    private static async Task RefusesNowAsync(RecordedHome home, bool wasHealthy)
    {
        using var late = SigningKey.Generate();
        var acknowledged = home.Scope.Events.Count(IsAcknowledged);
        await home.ApproveAsync(late.Public, ScopeSet.ReadWrite, "late");
        if (!wasHealthy)
        {
            Assert.Equal(acknowledged, home.Scope.Events.Count(IsAcknowledged));
            Assert.False(home.Registry.Health.IsHealthy);
        }
    }

    private static bool IsAcknowledged(IoEvent @event) => @event is IoEvent.Marked { Mark: Mark.Acknowledged };

    private static void MustBeForPeople(StartProblem problem)
    {
        Assert.Contains(problem.Code, new[] { RefusalCode.HomeNotWritable, RefusalCode.JournalUnreadable, RefusalCode.KeyUnreadable });
        Assert.DoesNotContain("   at ", problem.Message, StringComparison.Ordinal);
        Assert.NotNull(problem.ToError().Remedy);
    }
}
