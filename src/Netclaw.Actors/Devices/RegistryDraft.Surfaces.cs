using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>What nodes lend and what they ask to lend. It goes with the device: a tombstone lends nothing, another key of the same device lends the same.</summary>
public sealed partial class RegistryDraft
{
    private void ApplyToSurfaces(RegistryEvent @event)
    {
        switch (@event)
        {
            case RegistryEvent.SurfaceRequested(_, var request, var before):
                Ask(request, before, @event);
                break;
            case RegistryEvent.SurfaceRetried(var at, var id, var address):
                _surfaceRequests[id] = Asked(id, @event) with { LastAt = at, ClientAddress = address };
                break;
            case RegistryEvent.SurfaceExpired(_, var id):
                Answer(id, @event);
                break;
            case RegistryEvent.SurfaceRejected(_, var id, _):
                Answer(id, @event);
                break;
            case RegistryEvent.SurfaceApproved(_, var node, var surface, var id):
                Lend(node, surface, id, @event);
                break;
            case RegistryEvent.SurfaceRemoved(_, var node, _):
                LendNothing(node);
                break;
            default:
                throw new RegistryEventException(@event, "nobody knows this event");
        }
    }

    private void Ask(SurfaceRequest request, PairingRequestId? before, RegistryEvent @event)
    {
        _ = Standing(request.Node, @event);
        if (before is { } former)
        {
            Answer(former, @event);
            Remember(new SupersededRequest(former, request.Id));
        }

        if (_surfaceRequests.Values.Any(other => other.Node == request.Node) || !_surfaceRequests.TryAdd(request.Id, request))
        {
            throw new RegistryEventException(@event, $"{request.Node.Short} asks already, or {request.Id} is in use");
        }
    }

    private SurfaceRequest Asked(PairingRequestId id, RegistryEvent @event) =>
        _surfaceRequests.TryGetValue(id, out var request) ? request : throw new RegistryEventException(@event, $"no surface waits as {id}");

    private void Answer(PairingRequestId id, RegistryEvent @event) => _surfaceRequests.Remove(Asked(id, @event).Id);

    private void Lend(DeviceId node, ApprovedSurface surface, PairingRequestId? request, RegistryEvent @event)
    {
        _ = Standing(node, @event);
        if (request is { } id)
        {
            Answer(id, @event);
        }

        _surfaces[node] = surface;
    }

    private void LendNothing(DeviceId node)
    {
        _surfaces.Remove(node);
        foreach (var request in _surfaceRequests.Values.Where(request => request.Node == node).ToList())
        {
            _surfaceRequests.Remove(request.Id);
        }
    }

    private void LendAs(DeviceId former, DeviceId node)
    {
        if (_surfaces.TryGetValue(former, out var surface))
        {
            _surfaces.Remove(former);
            _surfaces[node] = surface;
        }

        foreach (var request in _surfaceRequests.Values.Where(request => request.Node == former).ToList())
        {
            _surfaceRequests[request.Id] = request with { Node = node };
        }
    }
}
