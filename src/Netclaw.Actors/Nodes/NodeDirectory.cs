using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>A connected node.</summary>
/// <param name="Id">What callers name it by: the hex id of its device, or an internal node's <see cref="NodeId"/>.</param>
public sealed record LiveNode(string Id, LiveSession Session, SessionState.Active State)
{
    public static readonly NodeSurface Nothing = new([], []);

    public NodeSurface Declared => State.Client.Surface ?? Nothing;

    public DeviceId? Device => State.Principal.Device;
}

/// <summary>Which nodes are there and what each may be asked: declared, approved and allowed by policy, all three. Reads live sessions and the registry's snapshot of the moment.</summary>
public sealed class NodeDirectory(LiveSessions live, RegistryView view, CommandPolicy policy)
{
    public CommandPolicy Policy => policy;

    /// <summary>Every connected node, one entry each: of several connections of one node the newest.</summary>
    public IEnumerable<LiveNode> Connected() => live.All.Select(Node).OfType<LiveNode>().GroupBy(node => node.Id, StringComparer.Ordinal).Select(Newest);

    /// <summary>Null: no such node is connected.</summary>
    public LiveNode? Find(string id) => NodeName.TryRead(id, out var device) ? Find(device) : Connected().FirstOrDefault(node => node.Id == id);

    /// <summary>Null: it is not connected as a node.</summary>
    public LiveNode? Find(DeviceId device) => live.ForDevice(device).Select(Node).OfType<LiveNode>().OrderByDescending(At).FirstOrDefault();

    /// <summary>The node at the other end of a connection; null: there is none.</summary>
    public LiveNode? Of(SessionId session) => live.TryFind(session, out var found) ? Node(found) : null;

    /// <summary>Whether an operator approved anything of it.</summary>
    public bool IsApproved(LiveNode node) => node.Device is { } device && view.Current?.Surfaces.ContainsKey(device) == true;

    /// <summary>Why a command may not be invoked on it now; null: it may.</summary>
    public string? Withheld(LiveNode node, string command) => command switch
    {
        _ when !node.Declared.Commands.Contains(command, StringComparer.Ordinal) => "command not declared by node",
        _ when !policy.Allows(command) => "command not allowlisted",
        _ when node.Device is not { } device || view.Current?.Surfaces.GetValueOrDefault(device)?.Commands.Contains(command, StringComparer.Ordinal) != true => "command not approved",
        _ => null,
    };

    /// <summary>What may be invoked on it now, sorted.</summary>
    public ImmutableArray<string> Effective(LiveNode node) =>
        node.Device is { } device && view.Current?.Surfaces.GetValueOrDefault(device) is { } approved
            ? policy.Filter(node.Declared.Commands.Intersect(approved.Commands, StringComparer.Ordinal))
            : [];

    private static LiveNode? Node(LiveSession session) => session.State is SessionState.Active { Principal.Role: Role.Node } active
        ? new LiveNode(active.Principal.Device?.Hex ?? active.Principal.Node?.ToString() ?? session.Id.ToString(), session, active)
        : null;

    private static LiveNode Newest(IEnumerable<LiveNode> nodes) => nodes.OrderByDescending(At).First();

    private static DateTimeOffset At(LiveNode node) => node.State.Facts.Evidence.AcceptedAt;
}
