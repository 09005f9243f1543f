using Netclaw.Cli.Output;

namespace Netclaw.Cli.Doctoring;

/// <summary>The visit for a person: a line for each check, and below it what was found, what to write and the command that leads out.</summary>
internal static class DoctorSheet
{
    private const string Indent = "    ";

    public static Report Report(DoctorReport report) => Output.Report.Of(report, () => CliJson.Readable.DoctorReport, Print);

    private static void Print(DoctorReport report, Screen screen)
    {
        var sheet = new Sheet();
        foreach (var check in report.Checks)
        {
            sheet.Add(check.Id, $"{State(check.State)}: {check.Seen}");
        }

        screen.Lines(sheet.Lines(screen.Width));
        foreach (var finding in report.Checks.SelectMany(check => check.Findings).OrderByDescending(finding => finding.Severity))
        {
            Print(finding, screen);
        }

        screen.Line();
        screen.Line(report.Healthy ? "All well." : $"{Spoken.Count(report.Errors, "error")}, {Spoken.Count(report.Warnings, "warning")}.");
    }

    private static void Print(DoctorFinding finding, Screen screen)
    {
        var about = finding.Key is null ? "" : $"  {PlainText.Of(finding.Value is null ? finding.Key : $"{finding.Key} = {finding.Value}")}";
        screen.Line();
        screen.Line($"{screen.Bold(finding.Severity switch { Severity.Error => "error", Severity.Warning => "warning", _ => "info" })} {PlainText.Of(finding.Id)}{about}");
        screen.Lines(Wrapping.Wrap(PlainText.Of(finding.Seen), screen.Width - Indent.Length).Select(line => Indent + line));
        if (finding.Change is { } change)
        {
            screen.Lines(Wrapping.Wrap(PlainText.Of(change), screen.Width - Indent.Length - 3).Select((line, at) => Indent + (at == 0 ? "-> " : "   ") + line));
        }

        screen.Line($"{Indent}next   {PlainText.Of(finding.Remedy)}");
    }

    private static string State(CheckState state) => state switch
    {
        CheckState.Ok => "ok",
        CheckState.Info => "info",
        CheckState.Warning => "warning",
        CheckState.Error => "ERROR",
        _ => "skipped",
    };
}
