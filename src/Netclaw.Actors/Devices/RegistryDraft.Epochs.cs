using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>What a journal that was put in place of another one is told (<see cref="EpochRules"/>). What a token was replaced by may be missing, so none is good.</summary>
public sealed partial class RegistryDraft
{
    private void Begin(long epoch, RegistryEvent @event)
    {
        _epoch = epoch > _epoch ? epoch : throw new RegistryEventException(@event, $"the journal is of epoch {_epoch} already");
        if (!Sabotage.Is(Break.RestoreLiveCodes))
        {
            _codes.Clear();
            _setups.Clear();
        }

        _pending.Clear();
        _surfaceRequests.Clear();
        _superseded = [];
        _preparedHost = null; // its key file was never this journal's to wait for
        foreach (var device in _devices.Values.Where(device => device is { IsRevoked: false, Tokens.IsEmpty: false }).ToList())
        {
            _devices[device.Id] = device with { Tokens = [] };
        }
    }

    private void Keep(ImmutableArray<Device> tombstones, DateTimeOffset at, RegistryEvent @event)
    {
        foreach (var tombstone in tombstones)
        {
            if (_devices.ContainsKey(tombstone.Id))
            {
                Bury(tombstone.Id, tombstone.RevokedAt ?? at, @event);
            }
            else
            {
                _devices[tombstone.Id] = tombstone with { RevokedAt = tombstone.RevokedAt ?? at };
                _revoked++;
            }
        }
    }

    private void Suspend(DateTimeOffset at)
    {
        foreach (var device in _devices.Values.Where(device => device is { IsRevoked: false, Kind: not DeviceKind.Host }).ToList())
        {
            _devices[device.Id] = device with { SuspendedAt = at };
        }

        _suspended = true;
    }

    private void Confirm(ImmutableArray<DeviceId> confirmed, RegistryEvent @event)
    {
        foreach (var id in confirmed)
        {
            _devices[id] = Standing(id, @event) with { SuspendedAt = null };
        }
    }
}
