using System.CommandLine;
using System.CommandLine.Parsing;
using Netclaw.Cli.Failures;
using Netclaw.Protocol;

namespace Netclaw.Cli.Invocation;

/// <summary>A command line that is not of a command's form, with what was probably meant.</summary>
internal static class UsageProblem
{
    public static CommandFailure? Of(ParseResult parsed, RootCommand root)
    {
        if (parsed.Errors.Count == 0 || parsed.Action is { ClearsParseErrors: true })
        {
            return null;
        }

        var command = parsed.CommandResult.Command;
        var path = Path(parsed.CommandResult);
        return Unknown(parsed, command, path)
            ?? WithoutVerb(parsed, command, path)
            ?? Failure($"{path}: {string.Join(" ", parsed.Errors.Select(error => Sentence(error.Message)).Distinct())}", $"{path} --help");
    }

    /// <summary>The words that lead to the command: <c>netclaw devices approve</c>.</summary>
    public static string Path(CommandResult result) => result.Parent is CommandResult parent
        ? $"{Path(parent)} {result.Command.Name}"
        : "netclaw";

    private static CommandFailure? Unknown(ParseResult parsed, Command command, string path)
    {
        if (parsed.UnmatchedTokens is not [var word, ..])
        {
            return null;
        }

        var isOption = word.StartsWith('-');
        var known = isOption
            ? OptionNames(parsed.CommandResult)
            : command.Subcommands.Where(candidate => !candidate.Hidden).Select(candidate => candidate.Name);
        var nearest = NearestName.To(word, known);
        var kind = isOption ? "option" : command.Subcommands.Count > 0 ? "command" : "argument";
        return Failure(
            $"{path} has no {kind} '{word}'.{(nearest is null ? "" : $" Did you mean '{nearest}'?")}",
            nearest is null || isOption ? $"{path} --help" : $"{path} {nearest}");
    }

    private static CommandFailure? WithoutVerb(ParseResult parsed, Command command, string path)
    {
        var verbs = command.Subcommands.Where(verb => !verb.Hidden).Select(verb => verb.Name).ToArray();
        return verbs.Length == 0 || command.Action is not null || parsed.Errors.Count > 1
            ? null
            : Failure($"{path} wants to know what to do: {string.Join(", ", verbs)}.", $"{path} {verbs[0]}");
    }

    private static IEnumerable<string> OptionNames(CommandResult result)
    {
        var own = result.Command.Options.Where(option => !option.Hidden);
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            own = own.Concat(parent.Command.Options.Where(option => option.Recursive));
        }

        return own.Select(option => option.Name);
    }

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";

    private static CommandFailure Failure(string message, string remedy) => new(RefusalCode.UsageError, message, remedy);
}
