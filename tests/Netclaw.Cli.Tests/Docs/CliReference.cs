using System.CommandLine;
using System.Text;
using Netclaw.Cli.Commands;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Tests.Docs;

/// <summary>docs/cli.md, made from the command tree.</summary>
internal static class CliReference
{
    private static readonly (int Code, string Meaning)[] Exits =
    [
        (ExitCodes.Ok, "done"),
        (ExitCodes.Failed, "it did not work; the code on stderr says why, or what a doctor found"),
        (ExitCodes.Warned, "a doctor found nothing broken, and something worth a look"),
        (ExitCodes.Usage, "the command line is not of the command's form"),
        (ExitCodes.Unavailable, "no daemon, gateway, address or part is there"),
        (ExitCodes.Internal, "something failed that should not have"),
        (ExitCodes.CannotCreate, "a file or directory cannot be written"),
        (ExitCodes.TryAgain, "the same try can succeed later"),
        (ExitCodes.Refused, "refused: by the gateway, or because something is not what it must be"),
        (ExitCodes.Config, "a file of the configuration or the profiles is wrong"),
        (ExitCodes.TimedOut, "it took too long"),
        (ExitCodes.Cancelled, "stopped by you (Ctrl-C, or an answer)"),
    ];

    public static string Render()
    {
        var host = new CliHost(_ => null, new Terminal { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null }, TimeProvider.System, "/");
        var root = CommandTree.Build(host);
        var page = new StringBuilder();
        page.Append(
            """
            # The command line

            Made from the command tree; `NETCLAW_UPDATE_DOCS=1 dotnet test tests/Netclaw.Cli.Tests` writes it again.

            Results go to stdout, everything else to stderr. With `--json` stdout is exactly one JSON object, an error is one JSON object on stderr (code, message, remedy,
            retryable, details), and lines about what happens meanwhile are JSON objects with an `event`. Colour only on a terminal and without `NO_COLOR`.

            ## Where a command goes

            `--url` (or else `--profile`, or else `NETCLAW_URL`) → the control socket of this home → this home's daemon by TCP with the host credential → the default profile.
            `--verbose` tells each step, every failure lists them. The home is `NETCLAW_HOME`, else `~/.netclaw`. The daemon's program is the one that `NETCLAWD` names, else
            the one beside `netclaw`.

            ## Options of every command


            """);
        AppendOptions(page, root.Options);
        page.Append("\n## Commands\n");
        foreach (var command in root.Subcommands.Where(command => !command.Hidden))
        {
            Append(page, command, "netclaw");
        }

        page.Append("\n## Exit codes\n\n| code | means | refusals |\n|---|---|---|\n");
        foreach (var (code, meaning) in Exits)
        {
            page.Append($"| {code} | {meaning} | {string.Join(" ", RefusalTable.All.Where(row => row.ExitCode == code).Select(row => $"`{row.Name}`"))} |\n");
        }

        return page.ToString();
    }

    private static void Append(StringBuilder page, Command command, string path)
    {
        var name = $"{path} {command.Name}";
        if (command.Subcommands.Count == 0 || command.Action is not null)
        {
            var arguments = string.Concat(command.Arguments.Select(argument =>
                argument.Arity.MinimumNumberOfValues == 0 ? $" [{argument.HelpName ?? argument.Name}]" : $" <{argument.HelpName ?? argument.Name}>"));
            page.Append($"\n### `{name}{arguments}`\n\n{command.Description}\n");
            if (command.Arguments.Count + command.Options.Count > 0)
            {
                page.Append('\n');
                foreach (var argument in command.Arguments)
                {
                    page.Append($"- `<{argument.HelpName ?? argument.Name}>`: {argument.Description}\n");
                }

                AppendOptions(page, command.Options);
            }
        }
        else
        {
            page.Append($"\n### `{name} …`\n\n{command.Description}\n");
        }

        foreach (var verb in command.Subcommands)
        {
            Append(page, verb, name);
        }
    }

    private static void AppendOptions(StringBuilder page, IEnumerable<Option> options)
    {
        foreach (var option in options.Where(option => !option.Hidden))
        {
            var names = string.Join(", ", option.Aliases.Where(alias => !alias.StartsWith('/')).Prepend(option.Name).Select(name => $"`{name}{(option.HelpName is { } value ? $" <{value}>" : "")}`"));
            page.Append($"- {names}: {option.Description}\n");
        }
    }
}
