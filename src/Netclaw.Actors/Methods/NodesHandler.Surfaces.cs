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
    private void StartLooking()
    {
        Timers.StartPeriodicTimer(nameof(LookDue), LookDue.Instance, SurfaceLook.Every);
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

    private void Declare(LiveNode node, DeviceId device, bool arrived)
    {
        var now = parts.Time.GetUtcNow();
        var look = SurfaceLook.At(device, node.Declared, parts.Nodes.Policy);
        if (look.IsNews(Registry, now, arrived))
        {
            var evidence = node.State.Facts.Evidence;
            var address = evidence.Listener == ListenerKind.Tcp ? evidence.ClientAddress : "";
            Ask(new Asked(null) { Node = device }, id => new RegistryCommand.DeclareSurface(id, now, device, look.Caps, look.Commands, address));
        }
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
