using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Pairing;

/// <summary>
/// Enrols this home's key by the token of an earlier gateway. The key alone is tried first: where an answer got lost it is enrolled already, and then the token is
/// not shown at all.
/// </summary>
internal static class LegacyEnrolment
{
    /// <param name="first">Open, and nobody has said anything on it yet.</param>
    public static async Task<Paired> RunAsync(
        GatewayConnection first, ConnectRequest asks, string name, string url, Secret token, CommandContext context, CancellationToken cancellation)
    {
        var known = await first.ConnectAsync(asks with { Pairing = new PairingIntent { Flow = PairingFlow.Code, Name = name } }, cancellation);
        if (known is ConnectOutcome.Welcomed { Hello: var hello })
        {
            return new Paired(hello, first.GatewayKey, WasPaired: true);
        }

        // Another connection, of the same gateway: on this one the gateway waits for a code.
        context.Screen.Trace("the gateway does not know this home's key; showing the old token");
        await using var connection = await GatewayConnection.OpenAsync(
            new GatewayEndpoint.Http(new Uri(url)), GatewayDialer.Timing(context, first.GatewayKey.HashText), cancellation);
        return await new PairingClient(connection, asks, name, pinned: true).ByLegacyTokenAsync(token, cancellation);
    }
}
