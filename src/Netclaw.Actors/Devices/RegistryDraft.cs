using System.Collections.Immutable;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// A state being written: one batch of events, or a whole journal on recovery. Works on builders, so that 100,000 events
/// cost 100,000 insertions and not as many states. An event that cannot follow the state throws: the journal is not ours to guess.
/// </summary>
public sealed partial class RegistryDraft(RegistryState from)
{
    private readonly ImmutableDictionary<DeviceId, Device>.Builder _devices = from.Devices.ToBuilder();
    private readonly ImmutableDictionary<string, DeviceId>.Builder? _names = from.NamesIfKnown?.ToBuilder();
    private readonly ImmutableDictionary<PairingCodeId, IssuedCode>.Builder _codes = from.Codes.ToBuilder();
    private readonly ImmutableDictionary<PairingRequestId, PendingRequest>.Builder _pending = from.Pending.ToBuilder();
    private readonly ImmutableDictionary<LegacyDeviceId, LegacyDevice>.Builder _legacy = from.Legacy.ToBuilder();
    private readonly ImmutableDictionary<DeviceId, ApprovedSurface>.Builder _surfaces = from.Surfaces.ToBuilder();
    private readonly ImmutableDictionary<PairingRequestId, SurfaceRequest>.Builder _surfaceRequests = from.SurfaceRequests.ToBuilder();
    private ImmutableArray<SupersededRequest> _superseded = from.Superseded;
    private BootstrapPhase _bootstrap = from.Bootstrap;
    private DeviceId? _host = from.Host;
    private DeviceId? _preparedHost = from.PreparedHost;
    private int _revoked = from.RevokedCount;
    private Posture? _posture = from.Posture;
    private bool _suspended = from.LocalPairingSuspended;
    private long _epoch = from.Epoch;

    /// <exception cref="RegistryEventException">The event cannot follow what came before it.</exception>
    public void Apply(RegistryEvent @event)
    {
        switch (@event)
        {
            case RegistryEvent.HostEnrolled(_, var device):
                Put(device, @event);
                _host = device.Id;
                break;
            case RegistryEvent.HostCredentialRotationPrepared(_, var key, _):
                _preparedHost = key;
                break;
            case RegistryEvent.HostCredentialRotated(var at, var device, var former):
                Rotate(device, former, at, @event);
                break;
            case RegistryEvent.HostCredentialRotationAbandoned(_, var key):
                _preparedHost = _preparedHost == key ? null : throw new RegistryEventException(@event, $"{key.Short} was not prepared");
                break;
            case RegistryEvent.BootstrapAdvanced(_, var phase):
                _bootstrap = phase > _bootstrap ? phase : throw new RegistryEventException(@event, $"the bootstrap stands at {_bootstrap} already");
                break;
            case RegistryEvent.CodeMinted(var at, var code):
                CodeShelf.Add(_codes, code, at);
                break;
            case RegistryEvent.CodeTried(_, var id, var tries):
                _codes[id] = Code(id, @event) with { Tries = tries };
                break;
            case RegistryEvent.CodeRedeemed(_, var id, var device, _):
                _codes[id] = Sabotage.Is(Break.CodeNotSpent) ? Code(id, @event) : Spend(Code(id, @event), device, @event);
                Put(device, @event);
                break;
            case RegistryEvent.PairingRequested(_, var request):
                Wait(request, @event);
                break;
            case RegistryEvent.PairingRetried(_, var request):
                Settle(request.Id, @event);
                Wait(request, @event);
                break;
            case RegistryEvent.PairingSuperseded(_, var id, var by):
                Settle(id, @event);
                Remember(new SupersededRequest(id, by));
                break;
            case RegistryEvent.PairingExpired(_, var id):
                Settle(id, @event);
                break;
            case RegistryEvent.PairingDropped(_, var id, _):
                Settle(id, @event);
                break;
            case RegistryEvent.PairingRejected(_, var id, _, _):
                Settle(id, @event);
                break;
            case RegistryEvent.PairingApproved(_, var id, var device):
                Settle(id, @event);
                Put(device, @event);
                break;
            case RegistryEvent.DeviceRevoked(var at, var id, _, _):
                Bury(id, at, @event);
                break;
            case RegistryEvent.TombstoneLifted(_, var id):
                Lift(id, @event);
                break;
            case RegistryEvent.DevicePairedSilently(_, var device, _):
                Put(device, @event);
                break;
            case RegistryEvent.PostureRecorded(_, var posture):
                Stand(posture, _suspended); // nothing to compare it with, and nothing to lift what a restore shut
                break;
            case RegistryEvent.LocalPairingSuspended(_, var posture):
                Stand(posture, suspended: true);
                break;
            case RegistryEvent.LocalPairingConfirmed(_, var posture, _):
                Stand(posture, suspended: false);
                break;
            case RegistryEvent.DeviceRenamed(_, var id, var name, _):
                Put(Standing(id, @event) with { Name = name }, @event);
                break;
            case RegistryEvent.DeviceScopesChanged(_, var id, var scopes, _):
                Put(Standing(id, @event).Narrowed(scopes), @event);
                break;
            case RegistryEvent.DeviceTokenIssued(_, var id, var token, _):
                Put(Standing(id, @event).With(token), @event);
                break;
            case RegistryEvent.DeviceTokenRevoked(_, var id, var role, _):
                Put(Standing(id, @event).WithoutToken(role), @event);
                break;
            case RegistryEvent.DeviceRekeyed(var at, var former, var device):
                LendAs(former, device.Id);
                if (!Sabotage.Is(Break.RotationKeepsTheFormerKey))
                {
                    Bury(former, at, @event);
                }

                Put(device, @event);
                break;
            case RegistryEvent.DevicesSeen(var at, var seen):
                See(seen, at);
                break;
            case RegistryEvent.DeviceImported(_, var device):
                Put(device, @event);
                break;
            case RegistryEvent.LegacyDeviceImported(_, var legacy):
                LegacyShelf.Add(_legacy, legacy, @event);
                break;
            case RegistryEvent.LegacyDeviceEnrolled(var at, var legacy, var device, _):
                LegacyShelf.Spend(_legacy, legacy, device.Id, at, @event);
                Put(device, @event);
                break;
            case RegistryEvent.LegacyDeviceRemoved(var at, var legacy, _, _):
                LegacyShelf.Remove(_legacy, legacy, at, @event);
                break;
            case RegistryEvent.EpochBegan(_, var epoch, _):
                Begin(epoch, @event);
                break;
            case RegistryEvent.TombstonesKept(var at, var tombstones):
                Keep(tombstones, at, @event);
                break;
            case RegistryEvent.DevicesSuspended(var at):
                Suspend(at);
                break;
            case RegistryEvent.DevicesConfirmed(_, var confirmed, _):
                Confirm(confirmed, @event);
                break;
            default:
                ApplyToSurfaces(@event);
                break;
        }
    }

    public RegistryState ToState() => new(_names?.ToImmutable())
    {
        Devices = _devices.ToImmutable(),
        Codes = _codes.ToImmutable(),
        Pending = _pending.ToImmutable(),
        Superseded = _superseded,
        Bootstrap = _bootstrap,
        Host = _host,
        PreparedHost = _preparedHost,
        RevokedCount = _revoked,
        Posture = _posture,
        LocalPairingSuspended = _suspended,
        Legacy = _legacy.ToImmutable(),
        Epoch = _epoch,
        Surfaces = _surfaces.ToImmutable(),
        SurfaceRequests = _surfaceRequests.ToImmutable(),
    };

    private void Put(Device device, RegistryEvent @event)
    {
        if (_devices.TryGetValue(device.Id, out var before))
        {
            if (before.IsRevoked && !Sabotage.Is(Break.ReviveOnReplay))
            {
                throw new RegistryEventException(@event, $"{device.Id.Short} is revoked and its tombstone was not lifted");
            }

            _names?.Remove(before.Name);
        }

        _devices[device.Id] = device;
        if (_names is not null)
        {
            _names[device.Name] = device.Id;
        }
    }

    private void Bury(DeviceId id, DateTimeOffset at, RegistryEvent @event)
    {
        if (!_devices.TryGetValue(id, out var device) || device.IsRevoked)
        {
            throw new RegistryEventException(@event, $"{id.Short} is not paired");
        }

        _devices[id] = device with { RevokedAt = at, SuspendedAt = null, Tokens = [] };
        if (Sabotage.Is(Break.ForgetTombstoneOnRevoke))
        {
            _devices.Remove(id);
        }

        LendNothing(id);
        _names?.Remove(device.Name);
        _host = _host == id ? null : _host;
        _revoked++;
    }

    private void Rotate(Device device, DeviceId? former, DateTimeOffset at, RegistryEvent @event)
    {
        if (_preparedHost != device.Id || _host != former)
        {
            throw new RegistryEventException(@event, $"{device.Id.Short} was not prepared in place of {former?.Short ?? "none"}");
        }

        if (former is { } buried && !Sabotage.Is(Break.HostRotationKeepsTheFormerKey))
        {
            Bury(buried, at, @event);
        }

        Put(device, @event);
        (_host, _preparedHost) = (device.Id, null);
    }

    private void Lift(DeviceId id, RegistryEvent @event)
    {
        if (!_devices.TryGetValue(id, out var device) || !device.IsRevoked)
        {
            throw new RegistryEventException(@event, $"{id.Short} has no tombstone");
        }

        _devices.Remove(id);
        _revoked--;
    }

    private Device Standing(DeviceId id, RegistryEvent @event) => _devices.TryGetValue(id, out var device) && !device.IsRevoked
        ? device
        : throw new RegistryEventException(@event, $"{id.Short} is not paired");

    private void See(ImmutableArray<DeviceId> seen, DateTimeOffset at)
    {
        foreach (var id in seen)
        {
            if (_devices.TryGetValue(id, out var device))
            {
                _devices[id] = device with { SeenAt = at };
            }
        }
    }

    private void Stand(Posture posture, bool suspended) => (_posture, _suspended) = (posture, suspended);

    private IssuedCode Code(PairingCodeId id, RegistryEvent @event) =>
        _codes.TryGetValue(id, out var code) ? code : throw new RegistryEventException(@event, "the code was never minted, or is forgotten");

    private static IssuedCode Spend(IssuedCode code, Device device, RegistryEvent @event) =>
        code.SpentBy is null ? code with { SpentBy = device.Id, Tries = 0 } : throw new RegistryEventException(@event, "the code is spent");

    private void Wait(PendingRequest request, RegistryEvent @event)
    {
        if (!_pending.TryAdd(request.Id, request))
        {
            throw new RegistryEventException(@event, $"request {request.Id} is waiting already");
        }
    }

    private void Settle(PairingRequestId id, RegistryEvent @event)
    {
        if (!_pending.Remove(id))
        {
            throw new RegistryEventException(@event, $"no request {id} is waiting");
        }
    }

    private void Remember(SupersededRequest request)
    {
        _superseded = _superseded.Add(request);
        if (_superseded.Length > SupersededRequest.MaximumKept)
        {
            _superseded = _superseded.RemoveAt(0);
        }
    }
}
