using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>What one command with <c>--json</c> came to.</summary>
internal sealed record Said(string Command, int ExitCode, string Out, string Error)
{
    /// <summary>It did what it is for: exit code 0, or one of those that say that a report has findings.</summary>
    public bool Done => ExitCode == ExitCodes.Ok || (ExitCode is ExitCodes.Failed or ExitCodes.Warned && ErrorOrNull is null && Out.TrimStart().StartsWith('{'));

    /// <summary>The one error on stderr; progress and warnings of it are passed over.</summary>
    public CallError Failure => ErrorOrNull ?? throw new InvalidOperationException("no error\n" + this);

    /// <summary>As the matrix shows it: <c>yes</c>, or the code.</summary>
    public string Cell => Done ? "yes" : ErrorOrNull?.Code ?? throw new InvalidOperationException("neither done nor refused\n" + this);

    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Out);

    public Said Expect()
    {
        Assert.True(ExitCode == ExitCodes.Ok, ToString());
        return this;
    }

    public override string ToString() => $"$ netclaw {Command}\nexit code {ExitCode}\n--- stdout\n{Out}\n--- stderr\n{Error}";

    private CallError? ErrorOrNull => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line.StartsWith('{'))
        .Select(line => JsonSerializer.Deserialize(line, ProtocolJson.Default.CallError)!).LastOrDefault(error => error.Code is not null);
}
