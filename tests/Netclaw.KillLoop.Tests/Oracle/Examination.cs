using Netclaw.Protocol;

namespace Netclaw.KillLoop.Oracle;

/// <summary>
/// Compares the complete list of a gateway that came back with the ledger: each key is as it was acknowledged, or as it was asked to be when
/// the daemon died; nobody else is there. What was on its way is settled by it.
/// </summary>
internal static class Examination
{
    /// <summary>Requests of one address that a gateway keeps; beyond it the oldest makes room (trust.md section 7).</summary>
    private const int RequestsKept = 5;

    /// <exception cref="BrokenPromiseException">The list and the ledger do not go together.</exception>
    public static void Of(PairListResult list, Ledger ledger)
    {
        var seen = list.Paired.Where(device => device.Kind != "host").ToDictionary(device => device.DeviceId);
        foreach (var stranger in seen.Values.Where(device => ledger.Find(device.DeviceId) is null))
        {
            throw new BrokenPromiseException(Promise.GrantsNothingElse, $"{stranger.DeviceId.Short} is {Facts.Of(stranger)}; no client has such a key");
        }

        var devices = ledger.Devices;
        var facts = devices.ToDictionary(device => device, device => Facts.Of(seen.GetValueOrDefault(device.Id)));
        foreach (var device in devices)
        {
            MustBeExplained(device, facts[device]);
            if (device.Successor is { } next)
            {
                MustGoTogether(device, facts[device], next, facts[next]);
            }
        }

        Requests(list, ledger, facts);
        foreach (var device in devices)
        {
            ledger.Settle(device, facts[device]);
        }
    }

    private static void MustBeExplained(LedgerDevice device, Facts seen)
    {
        if (seen == device.Certain || seen == device.OnItsWay)
        {
            return;
        }

        var promise = (device.Certain.Standing, seen.Standing) switch
        {
            (Standing.Revoked, _) => Promise.KeepsTheRevokedOut,
            (Standing.Unknown, _) => Promise.GrantsNothingElse,
            (Standing.Paired, Standing.Paired) when !device.Certain.Scopes.Covers(seen.Scopes) => Promise.GrantsNothingElse,
            _ => Promise.KeepsWhatItAcknowledged,
        };
        throw new BrokenPromiseException(promise, $"{device.Id.Short} was acknowledged {device.Certain}{(device.OnItsWay is { } asked ? $", asked to be {asked}" : "")}, and is {seen}");
    }

    /// <summary>A rotation is one change of two keys.</summary>
    private static void MustGoTogether(LedgerDevice former, Facts seen, LedgerDevice next, Facts seenNext)
    {
        if ((seen == former.OnItsWay) != (seenNext == next.OnItsWay))
        {
            throw new BrokenPromiseException(
                seen.Standing == Standing.Paired ? Promise.GrantsNothingElse : Promise.KeepsWhatItAcknowledged,
                $"a rotation was done by half: {former.Id.Short} is {seen}, {next.Id.Short} is {seenNext}");
        }
    }

    /// <summary>A request that was answered still waits, unless others pushed it out; nobody waits who did not ask.</summary>
    private static void Requests(PairListResult list, Ledger ledger, Dictionary<LedgerDevice, Facts> facts)
    {
        var waiting = list.Pending.Select(request => request.DeviceId).ToHashSet();
        foreach (var id in waiting)
        {
            if (ledger.Find(id) is not { Request: not RequestState.None })
            {
                throw new BrokenPromiseException(Promise.GrantsNothingElse, $"{id.Short} waits for an operator, and has not asked or was answered");
            }
        }

        var asked = facts.Where(entry => entry.Key.Request != RequestState.None && entry.Value.Standing == Standing.Unknown).Select(entry => entry.Key).ToList();
        if (asked.Count <= RequestsKept && asked.Find(device => device.Request == RequestState.Waiting && !waiting.Contains(device.Id)) is { } lost)
        {
            throw new BrokenPromiseException(Promise.KeepsWhatItAcknowledged, $"the request of {lost.Id.Short} was acknowledged, nobody decided it, and it does not wait any more");
        }

        foreach (var device in asked.Where(device => !waiting.Contains(device.Id)))
        {
            ledger.Note(device, RequestState.None);
        }
    }
}
