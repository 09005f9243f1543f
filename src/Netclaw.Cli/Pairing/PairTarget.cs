using Netclaw.Cli.Endpoints;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Pairing;

/// <summary>Whom to pair with and by what: settled before anything is sent.</summary>
/// <param name="Code">Null: by request.</param>
/// <param name="LegacyToken">By the token of an earlier gateway.</param>
/// <param name="KeyHash">From a link: the gateway must have this key.</param>
/// <param name="SetupToken">By the token of a setup link.</param>
internal sealed record PairTarget(string Url, PairingCode? Code, string? KeyHash, Secret? LegacyToken = null, Secret? SetupToken = null)
{
    private const string LinkScheme = "netclaw:";
    private const string SetupScheme = "oc-pair:";

    /// <exception cref="CommandFailure">The target or the code is malformed, or the person said no.</exception>
    public static async Task<PairTarget> ReadAsync(PairRequest request, CommandContext context, CancellationToken cancellation)
    {
        if (context.Options.Url is not null)
        {
            throw new CommandFailure(RefusalCode.UsageError, "pair takes the address as its argument; --url does not go with it.", "netclaw pair " + context.Options.Url);
        }

        if (request.Target.TrimStart().StartsWith(LinkScheme, StringComparison.OrdinalIgnoreCase))
        {
            return await OfLinkAsync(request, context, cancellation);
        }

        if (IsSetup(request.Target))
        {
            return OfSetup(request);
        }

        if (!GatewayAddress.TryParse(request.Target, out var parsed, out var problem))
        {
            var nearest = !request.Target.Contains("://", StringComparison.Ordinal) && GatewayAddress.TryParse("http://" + request.Target, out var guessed, out _)
                ? "netclaw pair " + EndpointOrder.Text(guessed)
                : null;
            throw new CommandFailure(RefusalCode.EndpointUrlInvalid, $"'{request.Target}' is not the address of a gateway: {problem}.", nearest);
        }

        var url = EndpointOrder.Text(parsed);
        return await Pairing.LegacyToken.ReadAsync(request, url, context, cancellation) is { } token
            ? new PairTarget(url, null, null, token)
            : new PairTarget(url, request.Ask ? null : await CodeAsync(request, url, context, cancellation), null);
    }

    private static async Task<PairTarget> OfLinkAsync(PairRequest request, CommandContext context, CancellationToken cancellation)
    {
        if (request.Ask || request.CodeFromInput || request.ByLegacyToken)
        {
            throw new CommandFailure(RefusalCode.UsageError, "A pairing link brings its code; --request, --code-stdin and --legacy-token-* do not go with it.", "netclaw pair '<link>'");
        }

        if (!PairingLink.TryParse(request.Target, out var link, out var problem))
        {
            throw new CommandFailure(RefusalCode.PairingCodeMalformed, $"This is not a pairing link: {problem}.");
        }

        var url = EndpointOrder.Text(link.Url);
        if (!request.Yes)
        {
            await ConfirmAsync(link, url, context, cancellation);
        }

        return new PairTarget(url, link.Code, link.GatewayKeyHash);
    }

    /// <summary>A setup link, or the code of one without its scheme, well-formed or not.</summary>
    public static bool IsSetup(string target) =>
        target.TrimStart().StartsWith(SetupScheme, StringComparison.OrdinalIgnoreCase) || (!target.Contains(':', StringComparison.Ordinal) && SetupLink.TryParse(target, out _, out _));

    /// <summary>Nobody is asked: the link was made for this one machine, to join without a prompt.</summary>
    private static PairTarget OfSetup(PairRequest request) =>
        request.Ask || request.CodeFromInput || request.ByLegacyToken
            ? throw new CommandFailure(RefusalCode.UsageError, "A setup link brings its token; --request, --code-stdin and --legacy-token-* do not go with it.", "netclaw node run --pair '<link>'")
        : SetupLink.TryParse(request.Target, out var link, out var problem) ? new PairTarget(EndpointOrder.Text(link.Url), null, link.GatewayKeyHash, SetupToken: link.Token)
        : throw new CommandFailure(RefusalCode.PairingCodeMalformed, $"This is not a setup link: {problem}.", "netclaw nodes invite");

    private static async Task ConfirmAsync(PairingLink link, string url, CommandContext context, CancellationToken cancellation)
    {
        var question = $"The link leads to the gateway at {url}, whose key begins with {link.GatewayKeyHash[..16]}.\nPair with it?";
        if (!context.Screen.CanAsk)
        {
            throw new CommandFailure(
                RefusalCode.UsageError, $"The link leads to the gateway at {url}; pairing wants a yes, and nobody is there to give it.", "netclaw pair '<link>' --yes");
        }

        if (!await context.Screen.ConfirmAsync(question, cancellation))
        {
            throw new CommandFailure(RefusalCode.Cancelled, "Not paired; nothing was sent.");
        }
    }

    private static async Task<PairingCode> CodeAsync(PairRequest request, string url, CommandContext context, CancellationToken cancellation)
    {
        string? typed;
        if (request.CodeFromInput)
        {
            typed = await context.Screen.ReadLineAsync(cancellation);
        }
        else if (context.Screen.CanAsk)
        {
            await MeetAsync(url, context, cancellation);
            typed = await context.Screen.AskAsync("Pairing code (netclaw daemon pair shows one on the gateway's machine): ", cancellation);
        }
        else
        {
            throw new CommandFailure(
                RefusalCode.UsageError, "Pairing by code wants the code, and nobody is there to type it.", $"netclaw pair {url} --code-stdin");
        }

        return PairingCode.TryParse(typed, out var code)
            ? code
            : throw new CommandFailure(RefusalCode.PairingCodeMalformed, "What was typed does not have the twelve letters and digits of a pairing code (IIII-XXXX-XXXX).", $"netclaw pair {url}");
    }

    /// <summary>A wrong address is told before anybody types a code. A connection of its own: nobody types within a handshake's deadline.</summary>
    private static async Task MeetAsync(string url, CommandContext context, CancellationToken cancellation)
    {
        var via = new EndpointCandidate.Named(url, "pair", null);
        try
        {
            await using var connection = await GatewayConnection.OpenAsync(new GatewayEndpoint.Http(new Uri(url)), GatewayDialer.Timing(context, null), cancellation);
            context.Screen.Progress(new Progress("met", $"Gateway {PlainText.Of(connection.Challenge.GatewayName)} ({connection.GatewayId}) at {url}."));
        }
        catch (GatewayException refusal)
        {
            throw Refused.By(refusal, via, []);
        }
    }
}
