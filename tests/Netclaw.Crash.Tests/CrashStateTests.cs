using System.Diagnostics;
using Netclaw.Crash.Tests.Invariants;
using Netclaw.Crash.Vfs.Recording;
using Netclaw.Crash.Tests.Scenarios;
using Netclaw.Crash.Tests.States;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.Crash.Tests;

/// <summary>
/// Every state that a power cut may leave behind, on a disk that keeps what it was told to flush and any part of the rest: recovered from by the product's own
/// code, and held against what had been acknowledged by then.
/// </summary>
public sealed class CrashStateTests(ITestOutputHelper output)
{
    private static readonly Invariant[] Lost = [Invariant.AcknowledgedIsKept, Invariant.RevokedStaysRevoked, Invariant.UsedCodeStaysUsed, Invariant.MarkIsNotAhead];

    [Fact]
    public async Task EveryStateAfterACrash_IsRecoveredFrom_WithNothingLostAndNothingInvented()
    {
        var least = TestRun.IsLong ? 1_000_000 : 100_000;
        var distinct = new HashSet<ulong>();
        var full = 0;
        Say($"seed {TestRun.Seed}: at least {least} states");
        for (var round = 0; distinct.Count < least || round == 0; round++)
        {
            foreach (var scenario in Scenario.All)
            {
                var watch = Stopwatch.StartNew();
                var before = distinct.Count;
                using var recorded = new ScratchHome();
                var run = await scenario.RecordAsync(recorded, TestRun.Seed + round);
                using var scratch = new ScratchHome();
                var enumeration = new Enumeration(run, TestRun.Seed + round, TestRun.IsLong ? 8 : 1, distinct, fullEvery: 400);
                await enumeration.GoThroughAsync(scratch, CancellationToken.None);
                full += enumeration.FullRecoveries;
                Say($"{scenario.Name}: {run.Events.Count} events, {run.History.Count} records, {distinct.Count - before} new states in {watch.ElapsedMilliseconds} ms"
                    + (scenario.Repairs ? $", {enumeration.Repairs} kinds of them repaired" : ""));
            }
        }

        Say($"{distinct.Count} distinct states, {full} of them by a real start too");
        Assert.True(full > least / 800, $"only {full} real starts");
    }

    private void Say(string line)
    {
        output.WriteLine(line);
        Console.Error.WriteLine("crash states: " + line);
    }

    /// <summary>What the enumeration is worth: a log of a product that does wrong is told from one that does right.</summary>
    [Theory]
    [InlineData("a flush is left out")]
    [InlineData("the answer comes before the flush")]
    [InlineData("somebody is paired whom nobody asked for")]
    [InlineData("the mark is raised before the journal")]
    public async Task AProductThatDoesWrong_IsCaught(string wrong)
    {
        using var recorded = new ScratchHome();
        var run = await Scenario.All.Single(scenario => scenario.Name == "append").RecordAsync(recorded, TestRun.Seed);
        var journal = recorded.Home.JournalDatabase + "-wal";
        var (events, expected) = wrong switch
        {
            "a flush is left out" => (run.Events.Where(each => each is not IoEvent.Flushed { Path: var path } || path != journal), Lost),
            "the answer comes before the flush" => (run.Events.SelectMany(AnsweredWhenAsked), Lost),
            "somebody is paired whom nobody asked for" => (run.Events.Where(each => each is not IoEvent.Marked), [Invariant.NothingUnaskedIsAuthority]),
            _ => (run.Events.Where(each => each is not IoEvent.Flushed { Path: var path } || path != journal).Where(each => each is not IoEvent.Marked { Mark: Mark.Acknowledged }), (Invariant[])[Invariant.MarkIsNotAhead]),
        };
        using var scratch = new ScratchHome();

        var caught = await Assert.ThrowsAsync<BrokenInvariantException>(() =>
            new Enumeration(run with { Events = [.. events] }, TestRun.Seed, depth: 1, [], fullEvery: int.MaxValue).GoThroughAsync(scratch, CancellationToken.None));

        output.WriteLine($"seed {TestRun.Seed}: {caught.Message}");
        Assert.Contains(caught.Invariant, expected);
    }

    /// <summary>It was said to be taken back.</summary>
    [Fact]
    public async Task ATokensEndThatIsNotFlushed_IsCaught()
    {
        using var recorded = new ScratchHome();
        var run = await Scenario.All.Single(scenario => scenario.Name == "legacy").RecordAsync(recorded, TestRun.Seed);
        var taken = run.Events.Select(each => (each as IoEvent.Marked)?.Mark).OfType<Mark.Acknowledged>().First(mark => mark.Change is Change.RemoveLegacy);
        var answered = run.Events.ToList().FindIndex(each => each is IoEvent.Marked { Mark: Mark.Acknowledged mark } && mark == taken);
        var asked = run.Events.ToList().FindIndex(each => each is IoEvent.Marked { Mark: Mark.Asked mark } && mark.Change == taken.Change);
        var careless = run.Events.Where((each, i) => i < asked || i > answered || each is not IoEvent.Flushed);
        using var scratch = new ScratchHome();

        var caught = await Assert.ThrowsAsync<BrokenInvariantException>(() =>
            new Enumeration(run with { Events = [.. careless] }, TestRun.Seed, depth: 1, [], fullEvery: int.MaxValue).GoThroughAsync(scratch, CancellationToken.None));

        output.WriteLine($"seed {TestRun.Seed}: {caught.Message}");
        Assert.Equal(Invariant.SpentTokenStaysSpent, caught.Invariant);
    }

    private static IEnumerable<IoEvent> AnsweredWhenAsked(IoEvent @event) => @event switch
    {
        IoEvent.Marked { Mark: Mark.Asked asked } => [@event, new IoEvent.Marked(new Mark.Acknowledged(asked.Change))],
        IoEvent.Marked => [],
        _ => [@event],
    };
}
