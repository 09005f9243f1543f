using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Clients;

/// <summary>Whether a key is let in, by really connecting with it.</summary>
internal static class Visits
{
    /// <summary>Connects once, and is let in or refused as the ledger has it.</summary>
    public static async Task LookInAsync(this Field field, LedgerDevice device)
    {
        GrantedAuth granted;
        try
        {
            granted = await field.Client.LookInAsync(device.Key);
        }
        catch (GatewayException refusal) when (refusal.Code == Expected(device))
        {
            return;
        }
        catch (GatewayException refusal) when (refusal.Code is RefusalCode.PairingRequired or RefusalCode.DeviceRevoked)
        {
            throw new BrokenPromiseException(
                device.Certain.Standing == Standing.Revoked ? Promise.KeepsTheRevokedOut : Promise.KeepsWhatItAcknowledged,
                $"{device.Id.Short} is {device.Certain}, and is refused with {refusal.Error.Code}", refusal);
        }

        switch (device.Certain.Standing)
        {
            case Standing.Revoked:
                throw new BrokenPromiseException(Promise.KeepsTheRevokedOut, $"{device.Id.Short} is revoked, and is let in with [{granted.Scopes}]");
            case Standing.Unknown:
                throw new BrokenPromiseException(Promise.GrantsNothingElse, $"{device.Id.Short} was never paired, and is let in with [{granted.Scopes}]");
        }

        if (granted.Scopes != device.Certain.Scopes || granted.DeviceName != device.Certain.Name)
        {
            throw new BrokenPromiseException(
                device.Certain.Scopes.Covers(granted.Scopes) ? Promise.KeepsWhatItAcknowledged : Promise.GrantsNothingElse,
                $"{device.Id.Short} is {device.Certain}, and is let in as {granted.DeviceName} [{granted.Scopes}]");
        }
    }

    private static RefusalCode? Expected(LedgerDevice device) => device.Certain.Standing switch
    {
        Standing.Unknown => RefusalCode.PairingRequired,
        Standing.Revoked => RefusalCode.DeviceRevoked,
        _ => (RefusalCode?)(-1),
    };
}
