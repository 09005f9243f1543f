using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Explaining;

/// <summary>One row of the refusal table as programs read it.</summary>
internal sealed record CodeExplained(
    string Code, string Source, string Meaning, string? Remedy, bool Retryable, int? WebSocketClose, int? HttpStatus, int ExitCode, int LogEvent)
{
    public static CodeExplained Of(Refusal row) => new(
        row.Name, JsonNamingPolicy.KebabCaseLower.ConvertName(row.Source.ToString()), row.Meaning, row.Remedy.Length == 0 ? null : row.Remedy, row.Retryable,
        row.WebSocketClose == 0 ? null : row.WebSocketClose, row.HttpStatus == 0 ? null : row.HttpStatus, row.ExitCode, row.LogEvent);
}

internal sealed record CodesExplained(ImmutableArray<CodeExplained> Codes);

/// <summary><c>netclaw explain [code]</c>: the table, no gateway needed.</summary>
internal static class ExplainCode
{
    public static Report Run(string? code) => code is null
        ? Report.Of(new CodesExplained([.. RefusalTable.All.Select(CodeExplained.Of)]), () => CliJson.Readable.CodesExplained, PrintAll)
        : Report.Of(CodeExplained.Of(Find(code)), () => CliJson.Readable.CodeExplained, PrintOne);

    private static Refusal Find(string code)
    {
        // Upper case and dashes come from other tools' habits; the meaning is clear.
        var name = code.Trim().ToLowerInvariant().Replace('-', '_');
        if (RefusalTable.TryFind(name, out var row))
        {
            return row;
        }

        var nearest = NearestName.To(name, RefusalTable.All.Select(known => known.Name));
        throw new CommandFailure(
            RefusalCode.UsageError, $"There is no code '{code}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}",
            nearest is null ? "netclaw explain" : "netclaw explain " + nearest);
    }

    private static void PrintOne(CodeExplained row, Screen screen) => screen.Lines(new Sheet()
        .Add("code", row.Code)
        .Add("meaning", row.Meaning)
        .Add("next", row.Remedy ?? "nothing to do: this is the intended end")
        .Add("retry", row.Retryable ? "the same try can succeed later" : "trying again changes nothing")
        .Add("exit code", row.ExitCode.ToString(CultureInfo.InvariantCulture))
        .Add("close code", row.WebSocketClose?.ToString(CultureInfo.InvariantCulture))
        .Add("http", row.HttpStatus?.ToString(CultureInfo.InvariantCulture))
        .Lines(screen.Width));

    private static void PrintAll(CodesExplained all, Screen screen)
    {
        var table = new Table("CODE", "MEANING") { Flexible = ["MEANING"] };
        foreach (var row in all.Codes)
        {
            table.Add(row.Code, row.Meaning);
        }

        screen.Lines(table.Lines(screen.Width));
    }
}
