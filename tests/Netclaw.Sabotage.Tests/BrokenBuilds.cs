using System.Collections.Concurrent;
using Netclaw.Protocol;

namespace Netclaw.Sabotaged;

/// <summary>Runs everything once, three processes at a time, of which some only wait: each break in the suites that notice it, and each suite without a break.</summary>
public sealed class BrokenBuilds : IAsyncLifetime
{
    /// <summary>When the kill loop notices a break is chance: after a dozen kills on the average. That it takes as many as this is one chance in a million.</summary>
    private const int MostKills = 200;

    private const int KillsWithoutABreak = 6;

    private readonly ConcurrentDictionary<(Break? Break, string Suite), IReadOnlyList<TestOutcome>> _outcomes = new();

    public Task InitializeAsync()
    {
        var broken = Catch.All.GroupBy(row => ((Break?)row.Break, row.Suite));
        var whole = Catch.All.Where(row => row.RunsWhole).GroupBy(row => ((Break?)null, row.Suite));
        return Parallel.ForEachAsync(
            broken.Concat(whole).OrderByDescending(run => run.Key.Suite == Suites.KillLoop), new ParallelOptions { MaxDegreeOfParallelism = 3 },
            async (run, _) => _outcomes[run.Key] = await OutcomesAsync(run.Key.Item1, run.Key.Suite, run));
    }

    /// <summary>What keeps one suite from running is that suite's outcome, and no other's.</summary>
    private static async Task<IReadOnlyList<TestOutcome>> OutcomesAsync(Break? broken, string suite, IEnumerable<Catch> rows)
    {
        try
        {
            return await SuiteRun.RunAsync(suite, rows, broken, broken is null ? KillsWithoutABreak : MostKills);
        }
        catch (Exception problem) when (problem is IOException or System.ComponentModel.Win32Exception or System.Xml.XmlException)
        {
            return [new TestOutcome(suite, "Broke off", problem.Message)];
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    /// <summary>Every case of the row's test.</summary>
    /// <param name="broken">Whether the build was broken as the row says, or not at all.</param>
    internal IReadOnlyList<TestOutcome> Of(Catch row, bool broken) =>
        [.. _outcomes[(broken ? row.Break : null, row.Suite)].Where(outcome => outcome.Test == row.Suite || outcome.Test.Contains(row.Test, StringComparison.Ordinal))];
}
