using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Netclaw.Cli.Commands;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Invocation;

/// <summary>One invocation: parse → run → exit code. Everything that goes wrong ends here as one error on stderr.</summary>
public static class CommandLine
{
    /// <summary>How long a cancelled command gets to clean up before the process ends anyway.</summary>
    private static readonly TimeSpan CancelGrace = TimeSpan.FromSeconds(3);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, CliHost host, CancellationToken cancellation = default)
    {
        var screen = new Screen(host.Terminal, json: arguments.Contains("--json"), verbose: arguments.Contains("--verbose"));
        try
        {
            var root = CommandTree.Build(host);
            var parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
            if (UsageProblem.Of(parsed, root) is { } misuse)
            {
                throw misuse;
            }

            return await parsed.InvokeAsync(
                new InvocationConfiguration
                {
                    EnableDefaultExceptionHandler = false, Output = host.Terminal.Out, Error = host.Terminal.Error,
                    ProcessTerminationTimeout = parsed.CommandResult.Command.Name == ChatCommand.Name ? null : CancelGrace, // a chat makes its own of Ctrl-C
                },
                cancellation);
        }
        catch (CommandFailure failure)
        {
            return Fail(failure, screen);
        }
        catch (GatewayException refusal)
        {
            return Fail(new CommandFailure(refusal.Error), screen);
        }
        catch (OperationCanceledException)
        {
            return Fail(new CommandFailure(RefusalCode.Cancelled, "Stopped before it was done."), screen);
        }
        catch (Exception defect)
        {
            return Fail(CrashFile.From(defect, host.Home, host.Time), screen);
        }
        finally
        {
            host.Terminal.Out.Flush();
        }
    }

    private static int Fail(CommandFailure failure, Screen screen)
    {
        FailureReport.Write(failure, screen);
        return failure.ExitCode;
    }
}
