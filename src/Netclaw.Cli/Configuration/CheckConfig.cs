using System.Text.Json;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;

namespace Netclaw.Cli.Configuration;

/// <summary><c>netclaw config check</c>: the result is on stdout either way; the exit code says how it came out.</summary>
internal sealed class CheckConfig(CommandContext context)
{
    private const string Indent = "    ";

    public async Task<int> RunAsync(string? file, CancellationToken cancellation)
    {
        ConfigFileName.RefuseElsewhere(context, "check");
        var answer = await new OfflineVerb(context).RunAsync("config-check", ConfigFileName.Arguments(file), cancellation);
        var report = JsonSerializer.Deserialize(answer.Json, CliJson.Readable.ConfigCheckReport)!;
        context.Screen.Show(Report.Of(report, () => CliJson.Readable.ConfigCheckReport, Print));
        return answer.ExitCode;
    }

    private static void Print(ConfigCheckReport report, Screen screen)
    {
        screen.Line($"{PlainText.Of(report.File)}: {Summary(report)}");
        foreach (var problem in report.Problems)
        {
            Print(screen, "problem", problem.Key ?? problem.Code, problem.Value, $"{problem.Message}", problem.Remedy);
        }

        foreach (var warning in report.Warnings)
        {
            Print(screen, "warning", warning.Key, warning.Value, warning.Message, warning.Remedy);
        }

        if (!report.OptIns.IsEmpty)
        {
            screen.Line();
            screen.Line("What you chose to trust:");
            var sheet = new Sheet();
            foreach (var optIn in report.OptIns)
            {
                sheet.Add($"  {optIn.Key}", $"{optIn.Value}: {optIn.Opens}");
            }

            screen.Lines(sheet.Lines(screen.Width));
        }
    }

    private static string Summary(ConfigCheckReport report) =>
        (report.Problems.Length, report.Warnings.Length) switch
        {
            (0, 0) => report.Exists ? "all well." : "there is no such file, so every default is in force; all well.",
            (0, var warnings) => $"a daemon starts with it; {Spoken.Count(warnings, "warning")}.",
            (var problems, 0) => $"no daemon starts with it: {Spoken.Count(problems, "problem")}.",
            var (problems, warnings) => $"no daemon starts with it: {Spoken.Count(problems, "problem")}, and {Spoken.Count(warnings, "warning")}.",
        };

    private static void Print(Screen screen, string kind, string key, string? value, string message, string? remedy)
    {
        screen.Line();
        screen.Line($"{kind}  {screen.Bold(PlainText.Of(value is null ? key : $"{key} = {value}"))}");
        foreach (var line in Wrapping.Wrap(PlainText.Of(message), screen.Width - Indent.Length))
        {
            screen.Line(Indent + line);
        }

        if (remedy is not null)
        {
            var lead = "-> ";
            foreach (var line in Wrapping.Wrap(PlainText.Of(remedy), screen.Width - Indent.Length - lead.Length))
            {
                screen.Line(Indent + lead + line);
                lead = "   ";
            }
        }
    }
}
