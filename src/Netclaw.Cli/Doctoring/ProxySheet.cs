using Netclaw.Cli.Output;

namespace Netclaw.Cli.Doctoring;

/// <summary>The report for a person: what is wrong, what was seen, the line that mends it.</summary>
internal static class ProxySheet
{
    public static Report Report(ProxyReport report) => Output.Report.Of(report, () => CliJson.Readable.ProxyReport, Print);

    private static void Print(ProxyReport report, Screen screen)
    {
        var proxy = PlainText.Of(report.Proxy ?? "whatever proxy stands there");
        if (report.Healthy)
        {
            screen.Line($"{report.Url}: {proxy} does what the gateway needs.");
            screen.Line("The WebSocket comes through, Host is kept, and nothing that a client claims is taken for the proxy's word.");
            return;
        }

        screen.Line($"{report.Url}: {proxy}");
        foreach (var finding in report.Findings)
        {
            screen.Line();
            screen.Line($"{screen.Bold(finding.Severity == Severity.Error ? "error" : "warning")} {finding.Id}");
            screen.Lines(Wrapping.Wrap(PlainText.Of(finding.Seen), screen.Width - 2).Select(line => "  " + line));
            foreach (var fix in finding.Fix)
            {
                screen.Line($"  {fix.Where}: {PlainText.Of(fix.Line)}");
            }
        }

        var errors = report.Findings.Count(finding => finding.Severity == Severity.Error);
        screen.Line();
        screen.Line($"{Spoken.Count(errors, "error")}, {Spoken.Count(report.Findings.Length - errors, "warning")}.");
    }
}
