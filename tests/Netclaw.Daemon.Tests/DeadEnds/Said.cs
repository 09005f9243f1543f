using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>What one command with <c>--json</c> came to.</summary>
internal sealed record Said(string Command, int ExitCode, string Out, string Error)
{
    /// <summary>It did what it is for: exit code 0, or one of those that say that a report has findings.</summary>
    public bool Done => ExitCode == ExitCodes.Ok || (ExitCode is ExitCodes.Failed or ExitCodes.Warned && ErrorOrNull is null && Out.TrimStart().StartsWith('{'));

    /// <summary>The one error on stderr, or the first problem of a report; progress is passed over.</summary>
    public CallError Failure => ErrorOrNull ?? Problem ?? throw new InvalidOperationException("no error\n" + this);

    /// <summary>A report that names what is wrong in words rather than by a command.</summary>
    public bool IsReport => ErrorOrNull is null && Problem is { Remedy: var remedy } && remedy?.StartsWith("netclaw ", StringComparison.Ordinal) != true;

    /// <summary>As the matrix shows it: <c>yes</c>, or the code.</summary>
    public string Cell => Done ? "yes" : ErrorOrNull?.Code ?? throw new InvalidOperationException("neither done nor refused\n" + this);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Out);

    public Said Expect()
    {
        Assert.True(ExitCode == ExitCodes.Ok, ToString());
        return this;
    }

    public override string ToString() => $"$ netclaw {Command}\nexit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";

    private CallError? ErrorOrNull => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{') || line.StartsWith('['))
        .Select(line => JsonSerializer.Deserialize<JsonElement>(line)).Select(line => line.ValueKind == JsonValueKind.Array ? line[0] : line).Where(line => line.TryGetProperty("code", out _))
        .Select(line => line.Deserialize(ProtocolJson.Default.CallError)).LastOrDefault();

    private CallError? Problem => Out.StartsWith('{') && Json.TryGetProperty("problems", out var problems) && problems is { ValueKind: JsonValueKind.Array } && problems.GetArrayLength() > 0
        ? new CallError(problems[0].GetProperty("code").GetString()!, problems[0].GetProperty("message").GetString()!, problems[0].GetProperty("remedy").GetString())
        : null;
}
