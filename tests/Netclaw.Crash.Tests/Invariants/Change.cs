using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Invariants;

/// <summary>A change that a driver asks the gateway for. Closed. Equal by reference: each is asked for once.</summary>
public abstract class Change
{
    private Change()
    {
    }

    /// <summary>How each device it is about stands once it is done.</summary>
    public abstract IEnumerable<(DeviceId Device, DeviceStand Stand)> Outcome { get; }

    /// <summary>The code that is spent with it.</summary>
    public virtual PairingCodeId? Code => null;

    /// <summary>The imported device that waits for no key any more once it is done.</summary>
    public virtual LegacyDeviceId? Ended => null;

    public sealed class Pair(DeviceId device, ScopeSet scopes, PairingCodeId? code = null) : Change
    {
        public override IEnumerable<(DeviceId Device, DeviceStand Stand)> Outcome => [(device, new DeviceStand.Paired(scopes))];

        public override PairingCodeId? Code => code;

        public override string ToString() => $"pair {device.Short}";
    }

    public sealed class SetScopes(DeviceId device, ScopeSet scopes) : Change
    {
        public override IEnumerable<(DeviceId Device, DeviceStand Stand)> Outcome => [(device, new DeviceStand.Paired(scopes))];

        public override string ToString() => $"scopes of {device.Short}";
    }

    public sealed class Revoke(DeviceId device) : Change
    {
        public override IEnumerable<(DeviceId Device, DeviceStand Stand)> Outcome => [(device, new DeviceStand.Revoked())];

        public override string ToString() => $"revoke {device.Short}";
    }

    public sealed class EnrolLegacy(LegacyDeviceId legacy, DeviceId device) : Change
    {
        public override IEnumerable<(DeviceId Device, DeviceStand Stand)> Outcome => [(device, new DeviceStand.Paired(ScopeSet.DeviceDefault))];

        public override LegacyDeviceId? Ended => legacy;

        public override string ToString() => $"enrol {legacy} as {device.Short}";
    }

    public sealed class RemoveLegacy(LegacyDeviceId legacy) : Change
    {
        public override IEnumerable<(DeviceId Device, DeviceStand Stand)> Outcome => [];

        public override LegacyDeviceId? Ended => legacy;

        public override string ToString() => $"remove {legacy}";
    }

    public sealed class Rekey(DeviceId former, DeviceId next, ScopeSet scopes) : Change
    {
        public override IEnumerable<(DeviceId Device, DeviceStand Stand)> Outcome => [(former, new DeviceStand.Revoked()), (next, new DeviceStand.Paired(scopes))];

        public override string ToString() => $"rekey {former.Short} to {next.Short}";
    }
}

/// <summary>What a device may do. Closed.</summary>
public abstract record DeviceStand
{
    private DeviceStand()
    {
    }

    public sealed record Absent : DeviceStand;

    public sealed record Paired(ScopeSet Scopes) : DeviceStand;

    public sealed record Revoked : DeviceStand;
}
