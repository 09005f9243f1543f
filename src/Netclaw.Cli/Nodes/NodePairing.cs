using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Pairing;
using Netclaw.Cli.Profiles;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>
/// How a node comes by its gateway: once, by what <c>--pair</c> names. A node that knows the gateway of that address is not paired again, so that the same command line
/// serves for every start.
/// </summary>
/// <param name="context">The node's own home.</param>
internal sealed class NodePairing(CommandContext context, RunNodeRequest request)
{
    /// <summary>With a link of <c>netclaw nodes invite</c>.</summary>
    public const string WayIn = "netclaw node run --pair <link>";

    /// <summary>What <c>--pair</c> brings is an operator's word that may not have been used yet: it lets in a node that was shut out. Another question to the operators would only pester them.</summary>
    public bool MayBringBack { get; private set; } = request.CodeFromInput || request.Pair is { } pair && IsLink(pair);

    /// <exception cref="CommandFailure">It is not paired, or could not be.</exception>
    public async Task<Profile> ProfileAsync(CancellationToken cancellation)
    {
        var url = request.Pair is { } named ? UrlOf(named) : null;
        if (request.Pair is not null && (url is null || context.Profiles.Load().ByUrl(url) is null))
        {
            await PairAsync(cancellation);
        }

        return Find(url);
    }

    /// <summary>For a node that its gateway has shut out. Good once.</summary>
    /// <exception cref="CommandFailure">It stays shut out.</exception>
    public async Task<Profile> AgainAsync(CancellationToken cancellation)
    {
        await PairAsync(cancellation);
        return Find(UrlOf(request.Pair!));
    }

    private async Task PairAsync(CancellationToken cancellation)
    {
        if (context.Options.Url is { } other)
        {
            throw new CommandFailure(RefusalCode.UsageError, "node run takes the address after --pair; --url does not go with it.", $"netclaw node run --pair {other}");
        }

        MayBringBack = false;
        var target = request.Pair!;
        await new PairDevice(context).RunAsync(
            new PairRequest(target, Ask: !IsLink(target) && !request.CodeFromInput, request.CodeFromInput, request.CalledName, Role.Node, Scopes: null, request.Yes), cancellation);
    }

    private Profile Find(string? url)
    {
        var book = context.Profiles.Load();
        var profile = context.Options.Profile is { } name ? book.ByName(name) : url is not null ? book.ByUrl(url) : book.DefaultProfile;
        return profile ?? throw new CommandFailure(
            RefusalCode.NotPaired, $"The node of {context.Home.Root} is not paired with a gateway. On the gateway's machine: netclaw nodes invite", WayIn);
    }

    private static bool IsLink(string target) => PairingLink.TryParse(target, out _, out _) || PairTarget.IsSetup(target);

    private static string? UrlOf(string target) =>
        PairingLink.TryParse(target, out var link, out _) ? EndpointOrder.Text(link.Url)
        : SetupLink.TryParse(target, out var setup, out _) ? EndpointOrder.Text(setup.Url)
        : GatewayAddress.TryParse(target, out var url, out _) ? EndpointOrder.Text(url)
        : null;
}
