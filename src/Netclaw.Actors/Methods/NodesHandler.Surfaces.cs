using System.Collections.Immutable;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>
/// What connected nodes offer, told to the registry when they come, and again while an operator is awaited: a request lives as long as its node is there, whatever
/// was lost on the way.
/// </summary>
internal sealed partial class NodesHandler
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private void StartLooking()
    {
        Timers.StartPeriodicTimer(nameof(LookDue), LookDue.Instance, LookEvery);
        LookAtAll();
    }

    private void Look(SessionId session)
    {
        if (parts.Live.TryFind(session, out var live) && live.State is SessionState.Active { Principal: { Role: Role.Node, Device: { } device } } active)
        {
            Declare(new LiveNode(device.Hex, live, active), device, arrived: true);
        }
    }

    private void LookAtAll()
    {
        foreach (var node in parts.Nodes.Connected())
        {
            if (node.Device is { } device)
            {
                Declare(node, device, arrived: false);
            }
        }
    }

    /// <summary>Nothing is asked of the registry where nothing would change: thousands of nodes come back at once after a restart.</summary>
    private void Declare(LiveNode node, DeviceId device, bool arrived)
    {
        var now = parts.Time.GetUtcNow();
        ImmutableArray<string> caps = [.. node.Declared.Caps.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var commands = parts.Nodes.Policy.Filter(node.Declared.Commands);
        var asks = Registry.SurfaceRequests.Values.FirstOrDefault(request => request.Node == device);
        var settled = (caps.IsEmpty && commands.IsEmpty) || Registry.Surfaces.GetValueOrDefault(device)?.Covers(caps, commands) == true;
        var fresh = !arrived && asks is not null && asks.IsFor(caps, commands) && asks.ExpiresAt - now > LookEvery + LookEvery;
        if (fresh || (settled && asks is null))
        {
            return;
        }

        var evidence = node.State.Facts.Evidence;
        var address = evidence.Listener == ListenerKind.Tcp ? evidence.ClientAddress : "";
        Ask(new Asked(null) { Node = device }, id => new RegistryCommand.DeclareSurface(id, now, device, caps, commands, address));
    }

    private void Declared(DeviceId node, RegistryReply.SurfaceDeclared declared)
    {
        var now = parts.Time.GetUtcNow();
        if (declared.Gone is { } gone)
        {
            NodeEvents.Resolve(parts.Live, now, node, gone, NodePairResolved.Rejected, toNode: false);
        }

        if (declared.Granted is { } granted)
        {
            parts.Audit.Gateway(AuditKind.Pairing, NodePairApproveParams.Method, granted.By, now, node, Text(granted.Commands));
            NodeEvents.Resolve(parts.Live, now, node, null, NodePairResolved.Approved);
        }

        if (declared is { IsNew: true, Request: { } request })
        {
            SessionBroadcast.Tell(parts.Live, NodeEvents.Request(now, Listing.Pending(request)));
        }
    }

    private static string Text(ImmutableArray<string> commands) => commands.IsEmpty ? "no commands" : string.Join(' ', commands);

    private sealed class LookDue
    {
        public static readonly LookDue Instance = new();
    }
}
