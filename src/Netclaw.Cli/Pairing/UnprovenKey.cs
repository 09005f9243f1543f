using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Pairing;

/// <summary>
/// The key for a gateway that this home has no profile of. Usually it is new, or left from a mistyped code. But a pairing that was cut off
/// after the gateway had stored it leaves a key that the gateway lets in without any exchange, and so without ever proving the code:
/// nothing could be pinned. Such a key is set aside and another one takes its place.
/// </summary>
internal static class UnprovenKey
{
    public static async Task<SigningKey> ForAsync(
        GatewayId gateway, string url, ConnectRequest asks, CommandContext context, CancellationToken cancellation)
    {
        if (context.Profiles.HasKey(gateway) && await IsLetInAsync(gateway, url, asks, context, cancellation))
        {
            context.Screen.Trace("the gateway knows this home's key from a pairing that was cut off; making another key");
            context.Profiles.SetKeyAside(gateway, context.Now);
        }

        return context.Profiles.KeyFor(gateway);
    }

    private static async Task<bool> IsLetInAsync(
        GatewayId gateway, string url, ConnectRequest asks, CommandContext context, CancellationToken cancellation)
    {
        await using var connection = await GatewayConnection.OpenAsync(new GatewayEndpoint.Http(new Uri(url)), GatewayDialer.Timing(context, null), cancellation);
        if (connection.GatewayId != gateway)
        {
            return false;
        }

        using var key = context.Profiles.KeyFor(gateway);
        try
        {
            return await connection.ConnectAsync(asks with { Device = key }, cancellation) is ConnectOutcome.Welcomed;
        }
        catch (GatewayException refusal) when (refusal.Code is not null and not RefusalCode.EndpointUnreachable and not RefusalCode.TimedOut)
        {
            return false;
        }
    }
}
