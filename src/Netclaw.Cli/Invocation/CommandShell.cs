using System.CommandLine;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Invocation;

/// <summary>Joins parsing and doing: reads the global options, runs the command, shows its report.</summary>
internal sealed class CommandShell(CliHost host, GlobalOptions globals)
{
    /// <summary>For commands with one result.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Reporting(Func<ParseResult, CommandContext, CancellationToken, Task<Report>> run) =>
        async (parsed, cancellation) =>
        {
            var context = new CommandContext(host, globals.Read(parsed));
            context.Screen.Show(await run(parsed, context, cancellation));
            return ExitCodes.Ok;
        };

    /// <summary>For commands that write as they go.</summary>
    public Func<ParseResult, CancellationToken, Task<int>> Streaming(Func<ParseResult, CommandContext, CancellationToken, Task<int>> run) =>
        (parsed, cancellation) => run(parsed, new CommandContext(host, globals.Read(parsed)), cancellation);
}
