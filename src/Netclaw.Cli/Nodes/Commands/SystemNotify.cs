using System.Text.Json;
using Netclaw.Cli.Output;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary><c>system.notify</c>: <c>{title?, body?}</c> to <c>{}</c>; one line on the node's screen. Other members, such as a priority, change nothing.</summary>
internal sealed class SystemNotify(Action<string> print) : INodeCommand
{
    private const int LongestPart = 1000;

    public string Name => "system.notify";

    public Task<NodeAnswer> RunAsync(JsonElement parameters, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        try
        {
            var members = new Parameters(Name, parameters);
            string[] parts = [.. new[] { members.Text("title"), members.Text("body") }.Select(Clean).Where(part => part.Length > 0)];
            print(parts.Length > 0 ? string.Join(": ", parts) : throw members.Wrong("body", "is missing, and so is \"title\""));
            return Task.FromResult(Payload.Of(_ => { }));
        }
        catch (Refused refused)
        {
            return Task.FromResult<NodeAnswer>(refused.Answer);
        }
    }

    private static string Clean(string? text) => PlainText.Of(text is { Length: > LongestPart } ? text[..LongestPart] + "…" : text).Trim();
}
