using System.CommandLine;
using Netclaw.Cli.Conversations;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Commands;

/// <summary><c>netclaw sessions …</c>: conversations with agents.</summary>
internal static class SessionsCommand
{
    public static Command Build(CommandShell shell) => new("sessions", "Conversations with agents: list them, read them, write into them.")
    {
        List(shell), History(shell), Send(shell), Cancel(shell), Rename(shell), Delete(shell),
    };

    private static Command List(CommandShell shell)
    {
        var search = new Option<string?>("--search") { Description = "Only those with this in key, label or last message.", HelpName = "text" };
        var archived = new Option<bool>("--archived") { Description = "Archived ones." };
        var limit = Number("--limit", "How many at most.", SessionsListParams.DefaultLimit, SessionsListParams.MostLimit);
        var offset = new Option<int>("--offset") { Description = "How many of the latest to leave out.", HelpName = "number" };
        var command = new Command("list", "Conversations, the latest first.") { search, archived, limit, offset };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new SessionVerbs(context).ListAsync(
            parsed.GetValue(search), parsed.GetValue(archived), parsed.GetValue(limit), Math.Max(0, parsed.GetValue(offset)), cancellation)));
        return command;
    }

    private static Command History(CommandShell shell)
    {
        var key = Key();
        var limit = Number("--limit", "How many messages at most.", ChatHistoryParams.DefaultLimit, ChatHistoryParams.MostLimit);
        var after = new Option<string?>("--after") { Description = "Only what came after this deltaCursor of an earlier answer (--json shows it).", HelpName = "cursor" };
        var before = new Option<long?>("--before") { Description = "Only what came before the message of this number.", HelpName = "number" };
        var all = new Option<bool>("--all") { Description = "Everything, however much it is; --limit says nothing then." };
        var command = new Command("history", "What was said in a conversation, oldest first.") { key, limit, after, before, all };
        command.Validators.Add(result =>
        {
            if (result.GetValue(after) is not null && (result.GetValue(before) is not null || result.GetValue(all)))
            {
                result.AddError("--after goes with neither --before nor --all.");
            }

            if (result.GetValue(before) is < 1)
            {
                result.AddError("--before takes a number from 1 on.");
            }
        });
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new SessionVerbs(context).HistoryAsync(
            new HistoryRequest(parsed.GetRequiredValue(key), parsed.GetValue(limit), parsed.GetValue(after), parsed.GetValue(before), parsed.GetValue(all)), cancellation)));
        return command;
    }

    private static Command Send(CommandShell shell)
    {
        var key = Key();
        var message = new Argument<string>("message") { Description = "What to say; - for stdin. At most 256 KiB." };
        var command = new Command("send", "Say something in a conversation and have its agent answer; does not wait for the answer (netclaw chat does).") { key, message };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new SessionVerbs(context).SendAsync(parsed.GetRequiredValue(key), parsed.GetRequiredValue(message), cancellation)));
        return command;
    }

    private static Command Cancel(CommandShell shell)
    {
        var key = Key();
        var run = new Option<string?>("--run") { Description = "Only this turn; default: all of the conversation.", HelpName = "run" };
        var command = new Command("cancel", "Stop the turn that runs, those that wait, and the runs that the conversation has started.") { key, run };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new SessionVerbs(context).CancelAsync(parsed.GetRequiredValue(key), parsed.GetValue(run), cancellation)));
        return command;
    }

    private static Command Rename(CommandShell shell)
    {
        var key = Key();
        var label = new Argument<string>("label") { Description = "At most 512 characters; an empty text takes it away." };
        var command = new Command("rename", "Give a conversation a label.") { key, label };
        command.SetAction(shell.Reporting((parsed, context, cancellation) =>
            new SessionVerbs(context).RenameAsync(parsed.GetRequiredValue(key), parsed.GetRequiredValue(label), cancellation)));
        return command;
    }

    private static Command Delete(CommandShell shell)
    {
        var key = Key();
        var yes = new Option<bool>("--yes") { Description = "Do not ask." };
        var command = new Command("delete", "Delete a conversation; its turns, and the runs that it has started, are stopped.") { key, yes };
        command.SetAction(shell.Reporting((parsed, context, cancellation) => new SessionVerbs(context).DeleteAsync(parsed.GetRequiredValue(key), parsed.GetValue(yes), cancellation)));
        return command;
    }

    private static Argument<string> Key() => new("key") { Description = "The conversation: its key, or the last part of one of the default agent's, such as main." };

    private static Option<int> Number(string name, string purpose, int otherwise, int most)
    {
        var option = new Option<int>(name) { Description = purpose, HelpName = "number", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 || result.GetValueOrDefault<int>() > most)
            {
                result.AddError($"{name} takes a number from 1 to {most}.");
            }
        });
        return option;
    }
}
