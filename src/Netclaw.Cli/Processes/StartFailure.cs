using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Processes;

/// <summary>What a daemon that did not start wrote on stderr, handed on whole.</summary>
internal static class StartFailure
{
    private const string Run = "netclawd run";
    private const int LinesQuoted = 5;

    /// <param name="errors">A JSON array of <see cref="CallError"/>; anything else (the runtime is missing, a crash) is quoted.</param>
    /// <param name="tried">What was run.</param>
    public static CommandFailure From(string errors, int exitCode, NetclawHome home, string tried = Run)
    {
        var problems = Array.ConvertAll(Parse(errors), WithKey);
        return problems switch
        {
            [] => new CommandFailure(
                RefusalCode.DaemonStartFailed, $"{(tried == Run ? "netclawd" : tried)} ended with exit code {exitCode} before it {(tried == Run ? "was ready" : "had a result")}.",
                File.Exists(home.DaemonLog) ? "netclaw logs" : "netclaw daemon run")
            {
                Tried = [.. errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Take(LinesQuoted).Select(line => new Attempt(tried, line))],
            },
            [var only] => new CommandFailure(only),
            _ => new CommandFailure(problems[0] with { Message = $"netclawd does not start: {problems.Length} problems.", Remedy = null, Details = null })
            {
                Problems = [.. problems],
            },
        };
    }

    /// <summary>A problem of the configuration says in its details which key it is about; a person reads it in front of the sentence.</summary>
    private static CallError WithKey(CallError problem)
    {
        if (problem.Code != RefusalTable.For(RefusalCode.ConfigInvalid).Name || Detail(problem, "key") is not { } key || problem.Message.Contains(key, StringComparison.Ordinal))
        {
            return problem;
        }

        return problem with { Message = $"netclaw.json, {key}{(Detail(problem, "value") is { Length: > 0 } value ? " = " + value : "")}: {problem.Message}" };
    }

    private static string? Detail(CallError problem, string name) =>
        problem.Details is { ValueKind: JsonValueKind.Object } details && details.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static CallError[] Parse(string errors)
    {
        // The array is the last line; a runtime warning may stand before it.
        foreach (var line in errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Reverse())
        {
            if (line.StartsWith('['))
            {
                try
                {
                    return JsonSerializer.Deserialize(line, CliJson.Readable.CallErrorArray) ?? [];
                }
                catch (JsonException)
                {
                    return [];
                }
            }
        }

        return [];
    }
}
