using System.Security.Cryptography;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes.Commands;
using Netclaw.Cli.Output;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <param name="Pair">An address or a link; null: this node is paired already.</param>
/// <param name="Name">What the node is called; null: the machine's name.</param>
internal sealed record RunNodeRequest(string? Pair, bool CodeFromInput, string? Name, bool Yes)
{
    public string CalledName => Name ?? Environment.MachineName;
}

/// <summary><c>netclaw node run</c>: 1 read what its owner allows → 2 pair, once → 3 serve until it is stopped.</summary>
internal sealed class RunNode(CommandContext operatorContext)
{
    private readonly CommandContext _context = NodeHome.Of(operatorContext);

    /// <returns>0: it was told to stop.</returns>
    /// <exception cref="CommandFailure">Its rules cannot be read, it is not paired, or its gateway has shut it out.</exception>
    public async Task<int> RunAsync(RunNodeRequest request, CancellationToken cancellation)
    {
        var path = Path.Combine(_context.Home.Root, NodeRules.FileName);
        var rules = NodeRulesFile.Read(path, operatorContext.Host.Environment("PATH") ?? ""); // 1
        var pairing = new NodePairing(_context, request);
        var operators = new AskOperators(new LastingRules(path, rules), _context.Screen);
        var commands = NodeCommands.All(rules, _context.Screen.Line, rules.Ask ? operators.AskAsync : null, _context.Time);
        NodeHost Host(Profile profile) => new(_context, profile, request.CalledName, commands, operators, new Backoff(() => RandomNumberGenerator.GetInt32(1000) / 1000.0));
        try
        {
            var host = Host(await pairing.ProfileAsync(cancellation)); // 2
            try
            {
                await host.RunAsync(cancellation); // 3
            }
            catch (CommandFailure shut) when (shut.Is(RefusalCode.DeviceRevoked) && !host.WasLetIn && pairing.MayBringBack)
            {
                await Host(await pairing.AgainAsync(cancellation)).RunAsync(cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _context.Screen.Progress(new Progress("stopped", "Stopped."));
        }

        return ExitCodes.Ok;
    }
}
