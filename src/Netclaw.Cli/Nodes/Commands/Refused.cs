namespace Netclaw.Cli.Nodes.Commands;

/// <summary>Ends one command with an answer for its caller. Never leaves the command.</summary>
internal sealed class Refused(NodeAnswer.Failed answer) : Exception(answer.Message)
{
    public NodeAnswer.Failed Answer => answer;

    public static Refused Invalid(string message) => new(new(NodeAnswer.Failed.Invalid, message));

    public static Refused Denied(string message) => new(new(NodeAnswer.Failed.Denied, message));

    public static Refused NotDone(string message) => new(new(NodeAnswer.Failed.NotDone, message));
}
