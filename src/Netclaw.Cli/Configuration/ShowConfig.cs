using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Cli.Processes;
using Netclaw.Protocol;

namespace Netclaw.Cli.Configuration;

/// <summary>What <c>netclawd offline config-show</c> says.</summary>
/// <param name="Problems">How many things are wrong with the file; those are shown with their defaults.</param>
internal sealed record ConfigShowReport(string File, bool Exists, int Problems, ImmutableArray<ConfigSetting> Keys);

/// <param name="Value">Absent for nothing, <c>***</c> for a secret.</param>
/// <param name="Note">What the default is, where it is no fixed value.</param>
/// <param name="Source"><c>default</c>, <c>file</c>, or the name of an environment variable.</param>
internal sealed record ConfigSetting(string Key, JsonElement? Value, JsonElement? Default, string? Note, string Source, string Description);

/// <summary><c>netclaw config show</c>.</summary>
internal sealed class ShowConfig(CommandContext context)
{
    private const string Default = "default";

    public async Task<int> RunAsync(string? file, bool changedOnly, CancellationToken cancellation)
    {
        ConfigFileName.RefuseElsewhere(context, "show");
        var answer = await new OfflineVerb(context).RunAsync("config-show", ConfigFileName.Arguments(file), cancellation);
        var report = JsonSerializer.Deserialize(answer.Json, CliJson.Readable.ConfigShowReport)!;
        report = changedOnly ? report with { Keys = [.. report.Keys.Where(key => key.Source != Default)] } : report;
        context.Screen.Show(Report.Of(report, () => CliJson.Readable.ConfigShowReport, Print));
        return answer.ExitCode;
    }

    private static void Print(ConfigShowReport report, Screen screen)
    {
        screen.Line(report.Exists ? PlainText.Of(report.File) : $"{PlainText.Of(report.File)} is not there: every default is in force.");
        if (report.Problems > 0)
        {
            screen.Line($"{Spoken.Count(report.Problems, "problem")}: netclaw config check");
        }

        if (report.Keys.IsEmpty)
        {
            screen.Line(report.Exists ? "Everything is at its default." : "");
            return;
        }

        var table = new Table("KEY", "VALUE", "FROM") { Flexible = ["VALUE"] };
        foreach (var key in report.Keys)
        {
            table.Add(key.Key, Shown(key), key.Source);
        }

        screen.Line();
        screen.Lines(table.Lines(screen.Width));
    }

    private static string Shown(ConfigSetting setting) => setting switch
    {
        { Value: { ValueKind: JsonValueKind.String } text } => text.GetString()!,
        { Value: { } value } => value.GetRawText(),
        { Note: { } note } => note,
        _ => "-",
    };
}
