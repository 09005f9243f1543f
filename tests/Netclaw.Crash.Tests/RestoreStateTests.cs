using System.Diagnostics;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>Every state that a power cut may leave behind in the middle of <c>backup restore</c>, and of a start after it: recovered from by the product's own code.</summary>
public sealed class RestoreStateTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryStateAfterACrash_HasTheJournalBeforeOrTheOneAfter_AndNobodyBackWhoWasRevoked()
    {
        var watch = Stopwatch.StartNew();
        using var recorded = new ScratchHome();
        var run = await RecordedRestore.RecordAsync(recorded);
        using var scratch = new ScratchHome();
        var enumeration = new RestoreEnumeration(run, TestRun.Seed, depth: TestRun.IsLong ? 4 : 1, share: TestRun.IsLong ? 1 : 0.3, fullEvery: 200);
        Say($"seed {TestRun.Seed}: {run.Events.Count} events, {run.Put} records restored, {run.Next.Count} in the end");

        await enumeration.GoThroughAsync(scratch, CancellationToken.None);

        Say($"{enumeration.Distinct} distinct states, {enumeration.Restored} of them restored, {enumeration.FullRecoveries} started from and restored again, in {watch.ElapsedMilliseconds} ms");
        Assert.True(enumeration.Restored > 0 && enumeration.Restored < enumeration.Distinct && enumeration.FullRecoveries > 0);
    }

    /// <summary>What the enumeration is worth.</summary>
    [Theory]
    [InlineData("/state")]
    [InlineData("/state/restoring")]
    public async Task ARestoreThatDoesNotFlushADirectory_IsCaught(string directory)
    {
        using var recorded = new ScratchHome();
        var run = await RecordedRestore.RecordAsync(recorded);
        var careless = run with { Events = [.. run.Events.Where(each => each is not IoEvent.DirectoryFlushed flushed || flushed.Directory != recorded.Home.Root + directory)] };
        using var scratch = new ScratchHome();

        var caught = await Assert.ThrowsAsync<BrokenInvariantException>(() =>
            new RestoreEnumeration(careless, TestRun.Seed, depth: 1, share: 1, fullEvery: int.MaxValue).GoThroughAsync(scratch, CancellationToken.None));

        output.WriteLine($"seed {TestRun.Seed}: {caught.Message}");
    }

    [Fact]
    public async Task TheLog_MakesTheSameFilesAgain()
    {
        using var scratch = new ScratchHome();
        var run = await RecordedRestore.RecordAsync(scratch);
        var disk = Disk.Of(run.Before);
        foreach (var @event in run.Events)
        {
            disk.Apply(@event);
        }

        var made = CrashStates.Everything(disk, run.Events.Count).Files;

        var files = RecordedRestore.FilesOf(scratch.Home).Where(file => file.Value.Length > 0).ToDictionary();
        Assert.Equal(files.Keys.Order(), made.Where(file => file.Value.Bytes.Length > 0).Select(file => file.Key).Order());
        Assert.All(files, file => Assert.Equal(file.Value, made[file.Key].Bytes));
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        Console.Error.WriteLine("restore states: " + line);
    }
}
