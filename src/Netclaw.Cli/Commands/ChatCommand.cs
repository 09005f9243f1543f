using System.CommandLine;
using Netclaw.Cli.Conversations;
using Netclaw.Cli.Invocation;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw chat</c>: talk with an agent.</summary>
internal static class ChatCommand
{
    public const string Name = "chat";

    public static Command Build(CommandShell shell)
    {
        var session = new Option<string>("--session") { Description = "The conversation: its key, or the last part of one of the default agent's.", HelpName = "key", DefaultValueFactory = _ => "main" };
        var prompt = new Option<string?>("--prompt", "-p") { Description = "Say this, print the answer, and end; the exit code says how it ended. Without a terminal, what stdin holds is said.", HelpName = "text" };
        var command = new Command(Name, "Talk with an agent: its answer appears as it comes. Ctrl-C stops the answer, a second Ctrl-C leaves.") { session, prompt };
        command.SetAction(shell.Streaming((parsed, context, cancellation) => new Chat(context, parsed.GetRequiredValue(session)).RunAsync(parsed.GetValue(prompt), cancellation)));
        return command;
    }
}
