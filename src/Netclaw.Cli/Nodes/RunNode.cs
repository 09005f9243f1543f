using System.Security.Cryptography;
using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Nodes.Commands;
using Netclaw.Cli.Output;
using Netclaw.Cli.Pairing;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <param name="Pair">An address or a link; null: this node is paired already.</param>
/// <param name="Name">What the node is called; null: the machine's name.</param>
internal sealed record RunNodeRequest(string? Pair, bool CodeFromInput, string? Name, bool Yes);

/// <summary><c>netclaw node run</c>: 1 read what its owner allows → 2 pair, once → 3 serve until it is stopped.</summary>
internal sealed class RunNode(CommandContext operatorContext)
{
    private readonly CommandContext _context = NodeHome.Of(operatorContext);

    /// <returns>0: it was told to stop.</returns>
    /// <exception cref="CommandFailure">Its rules cannot be read, it is not paired, or its gateway has shut it out.</exception>
    public async Task<int> RunAsync(RunNodeRequest request, CancellationToken cancellation)
    {
        var rules = NodeRulesFile.Read(Path.Combine(_context.Home.Root, NodeRules.FileName), operatorContext.Host.Environment("PATH") ?? ""); // 1
        var profile = await PairedAsync(request, cancellation); // 2
        var commands = NodeCommands.All(rules, _context.Screen.Line, ask: null, _context.Time);
        try
        {
            await new NodeHost(_context, profile, NameOf(request), commands, new Backoff(() => RandomNumberGenerator.GetInt32(1000) / 1000.0)).RunAsync(cancellation); // 3
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _context.Screen.Progress(new Progress("stopped", "Stopped."));
        }

        return ExitCodes.Ok;
    }

    /// <summary>A node that knows the gateway of that address is not paired again: the same command line serves for every start.</summary>
    private async Task<Profile> PairedAsync(RunNodeRequest request, CancellationToken cancellation)
    {
        var url = request.Pair is { } named ? UrlOf(named) : null;
        if (request.Pair is { } target && (url is null || _context.Profiles.Load().ByUrl(url) is null))
        {
            await PairAsync(target, request, cancellation);
        }

        var book = _context.Profiles.Load();
        var profile = _context.Options.Profile is { } name ? book.ByName(name) : url is not null ? book.ByUrl(url) : book.DefaultProfile;
        return profile ?? throw new CommandFailure(
            RefusalCode.NotPaired, $"The node of {_context.Home.Root} is not paired with a gateway. On the gateway's machine: netclaw daemon pair --role node", "netclaw node run --pair <url>");
    }

    private async Task PairAsync(string target, RunNodeRequest request, CancellationToken cancellation)
    {
        if (_context.Options.Url is { } other)
        {
            throw new CommandFailure(RefusalCode.UsageError, "node run takes the address after --pair; --url does not go with it.", $"netclaw node run --pair {other}");
        }

        await new PairDevice(_context).RunAsync(
            new PairRequest(target, Ask: !IsLink(target) && !request.CodeFromInput, request.CodeFromInput, NameOf(request), Role.Node, Scopes: null, request.Yes), cancellation);
    }

    private static bool IsLink(string target) => PairingLink.TryParse(target, out _, out _);

    private static string? UrlOf(string target) =>
        PairingLink.TryParse(target, out var link, out _) ? EndpointOrder.Text(link.Url)
        : GatewayAddress.TryParse(target, out var url, out _) ? EndpointOrder.Text(url)
        : null;

    private static string NameOf(RunNodeRequest request) => request.Name ?? Environment.MachineName;
}
