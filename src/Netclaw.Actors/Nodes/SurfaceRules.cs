using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Nodes;

/// <summary>
/// What a node may lend (gateway-protocol.md 6.2), the second layer above being paired: one request per node, nothing merged, and in force only once an operator who
/// holds what it takes has said so.
/// </summary>
internal static class SurfaceRules
{
    public static Decision Declare(RegistryCommand.DeclareSurface command, RegistryState state)
    {
        if (!state.Devices.TryGetValue(command.Node, out var device) || device.IsRevoked || !device.Roles.Contains(Role.Node))
        {
            return Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{command.Node.Short} is not paired as a node");
        }

        var before = Waiting(command.Node, state);
        var approved = state.Surfaces.GetValueOrDefault(command.Node);
        if ((command.Caps.IsEmpty && command.Commands.IsEmpty) || approved?.Covers(command.Caps, command.Commands) == true)
        {
            return new Decision(
                before is null ? [] : [new RegistryEvent.SurfaceExpired(command.Now, before.Id)], new RegistryReply.SurfaceDeclared(command.CommandId, null, Gone: before?.Id));
        }

        return command.GrantedBy is { } voucher && approved is null ? Grant(command, voucher, before) : Ask(command, before, again: approved is not null, state);
    }

    public static Decision Approve(RegistryCommand.ApproveSurface command, RegistryState state)
    {
        if (Find(command, command.RequestId, command.By, state, out var request) is { } refusal)
        {
            return refusal;
        }

        if (command.By.Device == request.Node)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"{request.Node.Short} does not approve what it lends itself; another operator does");
        }

        var missing = new ScopeSet(CommandPolicy.NeededToApprove(request.Commands).Flags & ~ApproverRules.Held(command.By, state).Expanded.Flags);
        if (!missing.IsEmpty)
        {
            return Decision.Refuse(command, RefusalCode.MissingScope, $"{command.By.Subject} does not hold {missing}, which approving these commands takes");
        }

        var surface = new ApprovedSurface(request.Caps, request.Commands, command.Now, command.By.Subject);
        return Decision.Accept(
            new RegistryReply.SurfaceApproved(command.CommandId, request, surface), new RegistryEvent.SurfaceApproved(command.Now, request.Node, surface, request.Id));
    }

    public static Decision Reject(RegistryCommand.RejectSurface command, RegistryState state) =>
        Find(command, command.RequestId, command.By, state, out var request)
        ?? Decision.Accept(new RegistryReply.SurfaceRejected(command.CommandId, request), new RegistryEvent.SurfaceRejected(command.Now, request.Id, command.By.Subject));

    public static Decision Remove(RegistryCommand.RemoveNode command, RegistryState state)
    {
        if (ApproverRules.MayDecide(command, command.By, state) is { } refusal)
        {
            return refusal;
        }

        if (!state.Devices.TryGetValue(command.Node, out var device) || !device.Roles.Contains(Role.Node))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNotFound, $"no node {command.Node.Short}");
        }

        if (device.IsRevoked || device.Roles is [Role.Node])
        {
            return RevocationRules.Revoke(new RegistryCommand.Revoke(command.CommandId, command.Now, command.Node, null, command.By), state);
        }

        var request = Waiting(command.Node, state);
        return new Decision(
            request is null && !state.Surfaces.ContainsKey(command.Node) ? [] : [new RegistryEvent.SurfaceRemoved(command.Now, command.Node, command.By.Subject)],
            new RegistryReply.SurfaceRemoved(command.CommandId, device, request?.Id));
    }

    internal static IEnumerable<RegistryEvent> Expired(RegistryState state, DateTimeOffset now) => state.SurfaceRequests.Values
        .Where(request => request.IsExpired(now)).OrderBy(request => request.ExpiresAt).ThenBy(request => request.Id.ToString(), StringComparer.Ordinal)
        .Select(request => new RegistryEvent.SurfaceExpired(now, request.Id));

    private static Decision Grant(RegistryCommand.DeclareSurface command, string voucher, SurfaceRequest? before)
    {
        var surface = new ApprovedSurface(command.Caps, command.Commands, command.Now, voucher);
        return Decision.Accept(
            new RegistryReply.SurfaceDeclared(command.CommandId, null, Gone: before?.Id, Granted: surface), new RegistryEvent.SurfaceApproved(command.Now, command.Node, surface, before?.Id));
    }

    private static Decision Ask(RegistryCommand.DeclareSurface command, SurfaceRequest? before, bool again, RegistryState state)
    {
        if (before is not null && !before.IsExpired(command.Now) && before.IsFor(command.Caps, command.Commands))
        {
            return Decision.Accept(
                new RegistryReply.SurfaceDeclared(command.CommandId, before with { LastAt = command.Now, ClientAddress = command.ClientAddress }),
                new RegistryEvent.SurfaceRetried(command.Now, before.Id, command.ClientAddress));
        }

        var request = new SurfaceRequest
        {
            Id = command.FreshId, Node = command.Node, Caps = command.Caps, Commands = command.Commands, Again = again, ClientAddress = command.ClientAddress,
            FirstAt = command.Now, LastAt = command.Now,
        };
        return state.SurfaceRequests.ContainsKey(request.Id) || state.Pending.ContainsKey(request.Id)
            ? Decision.Refuse(command, RefusalCode.HandlerUnavailable, "the request's id is in use; declare it again")
            : Decision.Accept(
                new RegistryReply.SurfaceDeclared(command.CommandId, request, IsNew: true, before?.Id), new RegistryEvent.SurfaceRequested(command.Now, request, before?.Id));
    }

    private static SurfaceRequest? Waiting(DeviceId node, RegistryState state) => state.SurfaceRequests.Values.FirstOrDefault(request => request.Node == node);

    private static Decision? Find(RegistryCommand command, PairingRequestId id, Principal by, RegistryState state, out SurfaceRequest request)
    {
        request = null!;
        if (ApproverRules.MayDecide(command, by, state) is { } refusal)
        {
            return refusal;
        }

        if (!state.SurfaceRequests.TryGetValue(id, out var found))
        {
            return state.Superseded.LastOrDefault(superseded => superseded.Id == id) is { } gone
                ? Decision.Refuse(command, RefusalCode.PairingRequestSuperseded, $"the node offers something else by now; {id} was superseded by {gone.By}")
                : Decision.Refuse(command, RefusalCode.PairingRequestNotFound, $"no node waits as {id}");
        }

        request = found;
        return found.IsExpired(command.Now) ? Decision.Refuse(command, RefusalCode.PairingRequestExpired, $"request {id} has run out; the node asks again while it is connected") : null;
    }
}
