using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Importing;

/// <summary>One row for each entry, then what to do with those that wait for a key.</summary>
internal static class ImportSheet
{
    public static void Print(ImportReport report, Screen screen)
    {
        foreach (var file in report.Files.Where(file => file.Warning is not null))
        {
            foreach (var line in Wrapping.Wrap("warning  " + PlainText.Of(file.Warning), screen.Width))
            {
                screen.Line(line);
            }

            screen.Line();
        }

        screen.Lines(Rows(report).Lines(screen.Width));
        screen.Line();
        screen.Line(Summary(report));
        if (report.Rows.Any(row => row is { Outcome: ImportRow.Kept or ImportRow.Present, Id: { } id } && LegacyDeviceId.TryParse(id, out _)))
        {
            screen.Line("A device that waits for its key shows its old token once: netclaw pair <url> --legacy-token-file <file>");
        }
    }

    public static Table Rows(ImportReport report)
    {
        var table = new Table("ENTRY", "OUTCOME", "NAME", "ID", "WHY") { Flexible = ["ENTRY", "NAME", "WHY"] };
        foreach (var row in report.Rows)
        {
            table.Add(row.From, Spoken(row.Outcome, report.DryRun), row.Name ?? "-", Short(row.Id), row.Reason ?? "-");
        }

        return table;
    }

    public static string Summary(ImportReport report) => report switch
    {
        { Rows.IsEmpty: true } => "The files hold no entry. Nothing was changed.",
        { Kept: 0, NotKept: 0 } => "Everything is here already. Nothing was changed.",
        { DryRun: true } => $"Would be kept: {report.Kept}; here already: {report.Present}; not kept: {report.NotKept}. Nothing was changed.",
        { Kept: 0 } => $"Here already: {report.Present}; not kept: {report.NotKept}. Nothing was changed.",
        _ => $"Kept: {report.Kept}; here already: {report.Present}; not kept: {report.NotKept}.",
    };

    private static string Spoken(string outcome, bool dryRun) => outcome switch
    {
        ImportRow.Kept => dryRun ? "to be kept" : "kept",
        ImportRow.Present => "here already",
        ImportRow.NotKept => "not kept",
        _ => "noted",
    };

    private static string Short(string? id) => DeviceId.TryParse(id, out var device) ? device.Short : id is { Length: > 20 } ? id[..20] : id ?? "-";
}
