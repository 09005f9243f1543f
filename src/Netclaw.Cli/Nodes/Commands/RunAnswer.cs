using Netclaw.Protocol.Processes;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>What came of a program, in the protocol's form (gateway-protocol.md section 6.4).</summary>
internal static class RunAnswer
{
    public static NodeAnswer Of(RunOutcome outcome) => Payload.Of(json =>
    {
        if (outcome.ExitCode is { } code)
        {
            json.WriteNumber("exitCode", code);
        }
        else
        {
            json.WriteNull("exitCode");
        }

        json.WriteBoolean("timedOut", outcome.TimedOut);
        json.WriteBoolean("success", outcome.ExitCode == 0 && !outcome.TimedOut);
        json.WriteString("stdout", outcome.Output);
        json.WriteString("stderr", outcome.Errors);
        json.WriteString("error", outcome.Error);
    });
}
