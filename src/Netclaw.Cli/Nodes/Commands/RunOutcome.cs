namespace Netclaw.Cli.Nodes.Commands;

/// <summary>What came of a program that was started.</summary>
/// <param name="ExitCode">Null: its time was over before it had ended.</param>
/// <param name="Error">In words, where the exit code does not tell all.</param>
internal sealed record RunOutcome(int? ExitCode, bool TimedOut, string Output, string Errors, string? Error)
{
    public NodeAnswer Answer() => Payload.Of(json =>
    {
        if (ExitCode is { } code)
        {
            json.WriteNumber("exitCode", code);
        }
        else
        {
            json.WriteNull("exitCode");
        }

        json.WriteBoolean("timedOut", TimedOut);
        json.WriteBoolean("success", ExitCode == 0 && !TimedOut);
        json.WriteString("stdout", Output);
        json.WriteString("stderr", Errors);
        json.WriteString("error", Error);
    });
}
