using Netclaw.Protocol;

namespace Netclaw.Crash.Tests.Invariants;

/// <summary>What was acknowledged against what was recovered. Each throws <see cref="BrokenInvariantException"/>.</summary>
public static class RegistryInvariants
{
    public static void Check(Ledger ledger, RegistryFacts facts)
    {
        foreach (var device in ledger.Devices.Concat(facts.Devices.Keys).Distinct())
        {
            Device(ledger, device, facts.Devices.GetValueOrDefault(device) ?? facts.Hosts.GetValueOrDefault(device) ?? new DeviceStand.Absent());
        }

        if (facts.Codes is { } codes)
        {
            Codes(ledger, facts, codes);
        }

        if (facts.Legacy is { } legacy)
        {
            Legacy(ledger, facts, legacy);
        }
    }

    private static void Device(Ledger ledger, DeviceId device, DeviceStand found)
    {
        if (ledger.Possible(device).Contains(found))
        {
            return;
        }

        var settled = ledger.Settled(device);
        var seen = $"{device.Short} is {found}, after {settled} was acknowledged";
        throw new BrokenInvariantException(
            found is not DeviceStand.Paired ? Invariant.AcknowledgedIsKept
            : settled is DeviceStand.Revoked ? Invariant.RevokedStaysRevoked
            : settled is DeviceStand.Paired && ledger.HasStood(device, found) ? Invariant.AcknowledgedIsKept
            : Invariant.NothingUnaskedIsAuthority,
            seen);
    }

    private static void Legacy(Ledger ledger, RegistryFacts facts, IReadOnlyDictionary<LegacyDeviceId, bool> waiting)
    {
        foreach (var (legacy, device, acknowledged) in ledger.Ended)
        {
            var isPaired = device is { } paired && facts.Devices.GetValueOrDefault(paired) is DeviceStand.Paired;
            if ((acknowledged || isPaired) && (!waiting.TryGetValue(legacy, out var waits) || waits))
            {
                throw new BrokenInvariantException(Invariant.SpentTokenStaysSpent, $"{legacy} {(waiting.ContainsKey(legacy) ? "waits for a key again" : "is forgotten")}");
            }
        }
    }

    private static void Codes(Ledger ledger, RegistryFacts facts, IReadOnlyDictionary<PairingCodeId, DeviceId?> codes)
    {
        foreach (var (code, device, acknowledged) in ledger.Codes)
        {
            var isPaired = facts.Devices.GetValueOrDefault(device) is DeviceStand.Paired;
            if ((acknowledged || isPaired) && codes.TryGetValue(code, out var spentBy) && spentBy != device)
            {
                throw new BrokenInvariantException(Invariant.UsedCodeStaysUsed, $"{code} is spent by {spentBy?.Short ?? "nobody"}; it had paired {device.Short}");
            }
        }
    }
}
