using System.Collections.Immutable;
using Netclaw.Cli.Importing;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Importing;

public sealed class ImportSheetTests
{
    [Theory]
    [InlineData("", false, "The files hold no entry. Nothing was changed.")]
    [InlineData("present present", false, "Everything is here already. Nothing was changed.")]
    [InlineData("kept present notKept", false, "Kept: 1; here already: 1; not kept: 1.")]
    [InlineData("kept notKept", true, "Would be kept: 1; here already: 0; not kept: 1. Nothing was changed.")]
    [InlineData("present notKept", false, "Here already: 1; not kept: 1. Nothing was changed.")]
    public void Summary_SaysWhetherAnythingChanged(string outcomes, bool dryRun, string said) => Assert.Equal(said, ImportSheet.Summary(Report(outcomes, dryRun)));

    [Fact]
    public void Rows_AreOneForEachEntry_AndAPlanSaysThatItIsOne()
    {
        var lines = ImportSheet.Rows(Report("kept present notKept noted", dryRun: true)).Lines(160).ToList();

        Assert.Equal(5, lines.Count);
        Assert.All((string[])["to be kept", "here already", "not kept", "noted"], outcome => Assert.Contains(lines, line => line.Contains(outcome, StringComparison.Ordinal)));
    }

    [Fact]
    public void Report_PutsTheRegistrysRowsWhereTheirEntriesStood()
    {
        var reading = new ImportReading([], [
            new ImportItem(new ImportEntry { From = "a" }), new ImportItem(Row: new ImportRow("b", ImportRow.NotKept)), new ImportItem(new ImportEntry { From = "c" }), new ImportItem(new ImportEntry { From = "d" }),
        ]);

        var report = ImportReport.Of(reading, [new ImportRow("a", ImportRow.Kept), new ImportRow("c", ImportRow.Present)], dryRun: false);

        Assert.Equal(["a", "b", "c", "d"], report.Rows.Select(row => row.From));
        Assert.Equal((1, 1, 2), (report.Kept, report.Present, report.NotKept));
        Assert.Equal("the gateway gave no answer about it", report.Rows[3].Reason);
    }

    private static ImportReport Report(string outcomes, bool dryRun)
    {
        ImmutableArray<ImportItem> items = [.. outcomes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select((outcome, index) => new ImportItem(Row: new ImportRow($"devices.json[{index}]", outcome)))];
        return ImportReport.Of(new ImportReading([], items), [], dryRun);
    }
}
