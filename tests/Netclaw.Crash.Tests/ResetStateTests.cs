using System.Diagnostics;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Tests.Recovery;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>Every state that a power cut may leave behind in the middle of a full reset, of the backup before it, and of a start after it: recovered from by the product's own code.</summary>
public sealed class ResetStateTests(ITestOutputHelper output)
{
    [Fact]
    public async Task EveryStateAfterACrash_HasTheFormerJournalInForce_OrIsResetByTheNextStart()
    {
        var watch = Stopwatch.StartNew();
        using var recorded = new ScratchHome();
        using var run = await RecordedReset.RecordAsync(recorded);
        using var scratch = new ScratchHome();
        var enumeration = new ResetEnumeration(run, TestRun.Seed, depth: TestRun.IsLong ? 4 : 1, share: TestRun.IsLong ? 1 : 0.1, fullEvery: 120);
        Say($"seed {TestRun.Seed}: {run.Events.Count} events, {run.Former.Count} records set aside, {run.Put} made by the reset, {run.Next.Count} in the end");

        await enumeration.GoThroughAsync(scratch, CancellationToken.None);

        var (before, ordered, completed) = (enumeration.At(ResetStage.NotBegun), enumeration.At(ResetStage.Ordered), enumeration.At(ResetStage.Completed));
        Say($"{enumeration.Distinct} distinct states: {before} not begun, {ordered} ordered, {completed} completed; {enumeration.FullRecoveries} started from and reset again, in {watch.ElapsedMilliseconds} ms");
        Assert.True(before > 0 && ordered > 0 && completed > 0 && enumeration.FullRecoveries > 0);
    }

    /// <summary>What the enumeration is worth: the log of a product that does wrong is told from one that does right.</summary>
    [Theory]
    [InlineData("the order's content is not flushed", Invariant.Recovers)]
    [InlineData("the order's name is not flushed", Invariant.Recovers)]
    [InlineData("a name goes before the other one is surely there", Invariant.ResetIsWholeOrNotBegun)]
    [InlineData("the new journal is not flushed", Invariant.MarkIsNotAhead)]
    [InlineData("the order goes before the mark is raised", Invariant.JournalIsABeginning)]
    [InlineData("the answer comes when it is ordered", Invariant.AcknowledgedIsKept)]
    [InlineData("the backup's name is not flushed", Invariant.ArchivesAreWhole)]
    public async Task AResetThatDoesWrong_IsCaught(string wrong, Invariant expected)
    {
        using var recorded = new ScratchHome();
        using var run = await RecordedReset.RecordAsync(recorded);
        using var scratch = new ScratchHome();

        var (events, from) = Wrong(wrong, run);
        var enumeration = new ResetEnumeration(run with { Events = events }, TestRun.Seed, depth: 1, share: 1, fullEvery: int.MaxValue) { From = from };
        var caught = await Assert.ThrowsAsync<BrokenInvariantException>(() => enumeration.GoThroughAsync(scratch, CancellationToken.None));

        output.WriteLine($"seed {TestRun.Seed}: {caught.Message}");
        Assert.Equal(expected, caught.Invariant);
    }

    /// <returns>What it does, and where the wrong begins.</returns>
    private static (List<IoEvent> Events, int From) Wrong(string what, RecordedReset run)
    {
        var (home, events) = (run.Home, run.Events.ToList());
        var (ordered, ended) = (events.FindIndex(IsOrdered), events.FindIndex(IsEnded));
        switch (what)
        {
            case "the order's content is not flushed":
                events.RemoveAll(each => each is IoEvent.Flushed flushed && flushed.Path.Contains("/.reset.json.", StringComparison.Ordinal));
                return (events, events.FindIndex(IsOrdered));
            case "the order's name is not flushed":
                Assert.IsType<IoEvent.DirectoryFlushed>(events[ordered + 1]);
                events.RemoveAt(ordered + 1);
                return (events, ordered);
            case "a name goes before the other one is surely there":
                return ([.. events.Where((each, i) => i < ordered || each is not IoEvent.DirectoryFlushed || events[i - 1] is not IoEvent.Linked)], ordered);
            case "the new journal is not flushed":
                List<IoEvent> unflushed = [.. events.Where((each, i) => i < ordered || each is not IoEvent.Flushed flushed || flushed.Path != home.JournalDatabase + "-wal")];
                return (unflushed, unflushed.FindLastIndex(unflushed.FindIndex(IsEnded), IsMarked));
            case "the order goes before the mark is raised":
                var marked = events.FindLastIndex(ended, IsMarked);
                var raised = events.GetRange(marked, 2);
                Assert.IsType<IoEvent.DirectoryFlushed>(raised[1]);
                events.InsertRange(ended + 2, raised);
                events.RemoveRange(marked, 2);
                return (events, events.FindIndex(IsEnded));
            case "the answer comes when it is ordered":
                events.Insert(ordered + 2, new IoEvent.Marked(new Mark.Completed()));
                return (events, ordered);
            default:
                events.RemoveAll(each => each is IoEvent.DirectoryFlushed flushed && flushed.Directory == home.BackupsDirectory);
                return (events, 0);
        }

        bool IsOrdered(IoEvent each) => each is IoEvent.Renamed renamed && renamed.To == home.ResetOrder;
        bool IsEnded(IoEvent each) => each is IoEvent.Deleted deleted && deleted.Path == home.ResetOrder;
        bool IsMarked(IoEvent each) => each is IoEvent.Renamed renamed && renamed.To == home.GatewayMark;
    }

    [Fact]
    public async Task TheLog_MakesTheSameFilesAgain()
    {
        using var scratch = new ScratchHome();
        using var run = await RecordedReset.RecordAsync(scratch);
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
        Console.Error.WriteLine("reset states: " + line);
    }
}
