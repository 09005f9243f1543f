using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>What one connected node offers, as the registry is told it: sorted, each name once, without what the command policy keeps out.</summary>
internal sealed record SurfaceLook(DeviceId Node, ImmutableArray<string> Caps, ImmutableArray<string> Commands)
{
    /// <summary>How often connected nodes are looked at; what was lost on the way is made up for by then.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    public static SurfaceLook At(DeviceId node, NodeSurface declared, CommandPolicy policy) =>
        new(node, [.. declared.Caps.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], policy.Filter(declared.Commands));

    /// <summary>Whether telling the registry would change anything: thousands of nodes come back at once after a restart, and few of them have news.</summary>
    /// <param name="arrived">The node has just come, which is a try of its own; otherwise its request is only kept from running out while it is there.</param>
    public bool IsNews(RegistrySnapshot registry, DateTimeOffset now, bool arrived)
    {
        var asks = registry.SurfaceRequests.Values.FirstOrDefault(request => request.Node == Node);
        if ((Caps.IsEmpty && Commands.IsEmpty) || registry.Surfaces.GetValueOrDefault(Node)?.Covers(Caps, Commands) == true)
        {
            return asks is not null;
        }

        return arrived || asks is null || !asks.IsFor(Caps, Commands) || asks.ExpiresAt - now <= Every + Every;
    }
}
