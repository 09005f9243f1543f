using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Invariants;

/// <summary>What a driver asked for and was told, up to some moment: the oracle. Changes of one device are asked for one after the other. Not thread-safe.</summary>
public sealed class Ledger
{
    private readonly Dictionary<DeviceId, List<Step>> _devices = [];
    private readonly Dictionary<PairingCodeId, Step> _codes = [];
    private readonly Dictionary<Change, List<Step>> _steps = [];
    private readonly HashSet<Change> _acknowledged = [];

    /// <summary>Changes with every call: what was checked against one version need not be checked again.</summary>
    public int Version { get; private set; }

    public IEnumerable<DeviceId> Devices => _devices.Keys;

    /// <summary>Codes that a change spends, with the device that it pairs and whether that was acknowledged.</summary>
    public IEnumerable<(PairingCodeId Code, DeviceId Device, bool Acknowledged)> Codes => _codes.Select(each => (each.Key, each.Value.Device, each.Value.Answer == Answer.Acknowledged));

    /// <summary>Imported devices that a change ends the waiting of, with the device that is paired by it and whether that was acknowledged.</summary>
    public IEnumerable<(LegacyDeviceId Legacy, DeviceId? Device, bool Acknowledged)> Ended => _steps
        .Where(each => each.Key.Ended is not null).Select(each => (each.Key.Ended!.Value, each.Value.FirstOrDefault()?.Device, _acknowledged.Contains(each.Key)));

    public void Asked(Change change)
    {
        Version++;
        var steps = change.Outcome.Select(outcome => new Step(outcome.Device, outcome.Stand)).ToList();
        _steps.Add(change, steps);
        foreach (var step in steps)
        {
            Of(step.Device).Add(step);
        }

        if (change.Code is { } code)
        {
            _codes[code] = steps[0];
        }
    }

    public void Acknowledged(Change change)
    {
        _acknowledged.Add(change);
        Answered(change, Answer.Acknowledged);
    }

    /// <summary>It was decided that it is not done. An answer that leaves open whether it was (<c>journal_unavailable</c>, a closed connection) is no answer.</summary>
    public void Refused(Change change) => Answered(change, Answer.Refused);

    /// <summary>Asked for and acknowledged before the story begins.</summary>
    public Ledger Given(Change change)
    {
        Asked(change);
        Acknowledged(change);
        return this;
    }

    /// <summary>How the device must stand if nothing that is open was done.</summary>
    public DeviceStand Settled(DeviceId device) => Steps(device).LastOrDefault(step => step.Answer == Answer.Acknowledged)?.Stand ?? new DeviceStand.Absent();

    /// <summary>All the ways in which the device may stand.</summary>
    public IEnumerable<DeviceStand> Possible(DeviceId device)
    {
        var steps = Steps(device);
        var settled = steps.FindLastIndex(step => step.Answer == Answer.Acknowledged);
        return steps.Skip(settled + 1).Where(step => step.Answer != Answer.Refused).Select(step => step.Stand).Append(Settled(device));
    }

    /// <summary>Whether it was ever acknowledged to stand so.</summary>
    public bool HasStood(DeviceId device, DeviceStand stand) => Steps(device).Exists(step => step.Answer == Answer.Acknowledged && step.Stand == stand);

    private void Answered(Change change, Answer answer)
    {
        Version++;
        foreach (var step in _steps[change])
        {
            step.Answer = answer;
        }
    }

    private List<Step> Steps(DeviceId device) => _devices.GetValueOrDefault(device) ?? [];

    private List<Step> Of(DeviceId device)
    {
        if (!_devices.TryGetValue(device, out var steps))
        {
            _devices[device] = steps = [];
        }

        return steps;
    }

    private enum Answer
    {
        Open,
        Acknowledged,
        Refused,
    }

    private sealed class Step(DeviceId device, DeviceStand stand)
    {
        public DeviceId Device => device;

        public DeviceStand Stand => stand;

        public Answer Answer { get; set; }
    }
}
