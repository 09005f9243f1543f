using System.Text.Json;

namespace Netclaw.Cli.Nodes;

/// <summary>One command that this machine lends, apart from any connection.</summary>
internal interface INodeCommand
{
    /// <summary>As callers name it, such as <c>system.run</c>.</summary>
    string Name { get; }

    /// <param name="parameters">One JSON object; empty when the caller sent none.</param>
    /// <param name="cancellation">The caller gave up, or its time is over: whatever was started ends with it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    Task<NodeAnswer> RunAsync(JsonElement parameters, CancellationToken cancellation);
}

/// <summary>What a command comes to. Closed.</summary>
internal abstract record NodeAnswer
{
    private NodeAnswer()
    {
    }

    /// <param name="Payload">The command's own result.</param>
    public sealed record Done(JsonElement Payload) : NodeAnswer;

    /// <param name="Code">INVALID_REQUEST: not of the command's form; DENIED: the node's own rules; FAILED: it could not be done.</param>
    /// <param name="Message">For the caller's eyes: what was tried, what was seen, what to change on the node.</param>
    public sealed record Failed(string Code, string Message) : NodeAnswer
    {
        public const string Invalid = "INVALID_REQUEST";
        public const string Denied = "DENIED";
        public const string NotDone = "FAILED";
    }
}
