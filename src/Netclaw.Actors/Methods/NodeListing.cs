using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Nodes as operators see them: the registry's word, and what connected ones say of themselves.</summary>
internal sealed class NodeListing(RegistrySnapshot registry, NodeDirectory directory, NodeTelemetry telemetry, DateTimeOffset now)
{
    private const string Connect = "connect";
    private const string Disconnect = "disconnect";

    private ILookup<DeviceId, SurfaceRequest>? _asking;

    /// <summary>Worked out when first asked for: a word about one node does not pay for all.</summary>
    private ILookup<DeviceId, SurfaceRequest> Asking => _asking ??= Waiting().ToLookup(request => request.Node);

    public NodePairListResult Pairings() => new(
        [.. Waiting().OrderBy(request => request.FirstAt).ThenBy(request => request.Id.ToString(), StringComparer.Ordinal).Select(Pending)],
        [.. Devices().Where(device => registry.Surfaces.ContainsKey(device.Id)).Select(device => Paired(device, registry.Surfaces[device.Id]))]);

    public ImmutableArray<NodeRow> All() =>
        [.. Devices().Select(Row), .. directory.Connected().Where(node => node.Device is null).OrderBy(node => node.Id, StringComparer.Ordinal).Select(Internal)];

    /// <summary>Null: no such node.</summary>
    public NodeRow? Find(string id) => NodeName.TryRead(id, out var device)
        ? registry.Devices.TryGetValue(device, out var known) && IsNode(known) ? Row(known) : null
        : directory.Find(id) is { Device: null } node ? Internal(node) : null;

    public PendingNode Pending(SurfaceRequest request)
    {
        var device = registry.Devices.GetValueOrDefault(request.Node);
        var client = directory.Find(request.Node)?.State.Client;
        return new PendingNode(
            request.Id, request.Node.Hex, device?.Name ?? request.Node.Short, request.Caps, request.Commands, CommandPolicy.NeededToApprove(request.Commands),
            request.LastAt.ToUnixTimeMilliseconds(), request.ExpiresAt.ToUnixTimeMilliseconds())
        {
            ClientId = client?.Id, ClientMode = client?.Mode, Platform = client?.Platform ?? device?.Platform, Version = client?.Version, DeviceFamily = client?.DeviceFamily,
            Permissions = client?.Surface?.Permissions, RemoteIp = request.ClientAddress.Length == 0 ? null : request.ClientAddress,
            Silent = !request.Again && device is { Via: PairedVia.Local or PairedVia.Internal } ? true : null,
        };
    }

    public PairedNode Paired(Device device, ApprovedSurface surface)
    {
        var node = directory.Find(device.Id);
        var client = node?.State.Client;
        return new PairedNode(
            device.Id.Hex, device.Name, surface.Caps, surface.Commands, device.PairedAt.ToUnixTimeMilliseconds(), surface.ApprovedAt.ToUnixTimeMilliseconds(), surface.By, node is not null)
        {
            ClientId = client?.Id, ClientMode = client?.Mode, Platform = client?.Platform ?? device.Platform, Version = client?.Version, DeviceFamily = client?.DeviceFamily,
            LastSeenAtMs = Seen(device, node), LastSeenReason = Reason(device, node),
        };
    }

    private IEnumerable<SurfaceRequest> Waiting() => registry.SurfaceRequests.Values.Where(request => !request.IsExpired(now));

    private IEnumerable<Device> Devices() => registry.Devices.Values.Where(IsNode).OrderBy(device => device.Name, StringComparer.Ordinal).ThenBy(device => device.Id.ToString(), StringComparer.Ordinal);

    /// <summary>The host credential may be a node too; until it was one, it is none.</summary>
    private bool IsNode(Device device) => !device.IsRevoked && device.Roles.Contains(Role.Node)
        && (device.Kind != DeviceKind.Host || directory.Find(device.Id) is not null || registry.Surfaces.ContainsKey(device.Id));

    private NodeRow Row(Device device)
    {
        var surface = registry.Surfaces.GetValueOrDefault(device.Id);
        var asks = Asking[device.Id].FirstOrDefault();
        var state = (surface, asks) switch
        {
            (null, null) => NodeRow.Unapproved,
            (null, _) => NodeRow.PendingApproval,
            (_, null) => NodeRow.Approved,
            _ => NodeRow.PendingReapproval,
        };
        var node = directory.Find(device.Id);
        var row = node is null
            ? new NodeRow(device.Id.Hex, surface?.Caps ?? [], directory.Policy.Filter(surface?.Commands ?? []), state, true, false)
            : Said(node, new NodeRow(device.Id.Hex, Shared(node, surface), directory.Effective(node), state, true, true));
        return row with
        {
            DisplayName = device.Name, Platform = row.Platform ?? device.Platform, PendingRequestId = asks?.Id, ApprovedAtMs = surface?.ApprovedAt.ToUnixTimeMilliseconds(),
            LastSeenAtMs = Seen(device, node), LastSeenReason = Reason(device, node), LastConnectedAtMs = row.ConnectedAtMs ?? device.SeenAt?.ToUnixTimeMilliseconds(),
        };
    }

    private NodeRow Internal(LiveNode node) => Said(node, new NodeRow(node.Id, [], [], NodeRow.Unapproved, false, true)) with
    {
        DisplayName = node.State.Client.DisplayName ?? node.State.Principal.Name, LastSeenAtMs = now.ToUnixTimeMilliseconds(), LastSeenReason = Connect,
    };

    /// <summary>With what the node says of itself.</summary>
    private NodeRow Said(LiveNode node, NodeRow row)
    {
        var (client, evidence) = (node.State.Client, node.State.Facts.Evidence);
        ImmutableArray<string> declared = [.. node.Declared.Commands.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var report = telemetry.Of(node.Session.Id);
        return row with
        {
            HostStats = report.HostStats, SessionHost = report.RunnerInventory?.WorkerHost?.Enabled == true, NodePluginTools = report.PluginTools.IsEmpty ? null : report.PluginTools,
            ClientId = client.Id, ClientMode = client.Mode, Platform = client.Platform, Version = client.Version, DeviceFamily = client.DeviceFamily,
            PathEnv = node.Declared.PathEnv, Permissions = node.Declared.Permissions, RemoteIp = evidence.Listener == ListenerKind.Tcp ? evidence.ClientAddress : null,
            ConnectedAtMs = evidence.AcceptedAt.ToUnixTimeMilliseconds(), DeclaredCommands = declared.SequenceEqual(row.Commands, StringComparer.Ordinal) ? null : declared,
        };
    }

    private static ImmutableArray<string> Shared(LiveNode node, ApprovedSurface? surface) =>
        [.. node.Declared.Caps.Intersect(surface?.Caps ?? [], StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private long? Seen(Device device, LiveNode? node) => node is null ? device.SeenAt?.ToUnixTimeMilliseconds() : now.ToUnixTimeMilliseconds();

    private static string? Reason(Device device, LiveNode? node) => node is not null ? Connect : device.SeenAt is null ? null : Disconnect;
}
