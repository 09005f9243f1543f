using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Clients;

/// <summary>Request first: a device asks and waits, the operator approves or rejects.</summary>
internal sealed class RequestActs(Field field)
{
    public async Task PairAsync(Random random)
    {
        var device = field.Ledger.Add();
        var (name, scopes) = (field.Ledger.FreshName(), Field.AnyScopes(random));
        var asked = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);
        field.Ledger.Note(device, RequestState.OnItsWay);
        var pairing = field.Client.PairByRequestAsync(device.Key, name, scopes, asked.SetResult);
        if (await Task.WhenAny(asked.Task, pairing) == pairing)
        {
            await pairing;
            throw new BrokenPromiseException(Promise.GrantsNothingElse, $"{device.Id.Short} asked to be paired, and was let in at once");
        }

        field.Ledger.Note(device, RequestState.Waiting);
        var request = await asked.Task;
        await (random.Next(5) == 0 ? RejectAsync(device, request, pairing) : ApproveAsync(device, request, new Facts(Standing.Paired, name, scopes), pairing));
        field.Ledger.Release(device);
    }

    /// <summary>A request that outlived the daemon it was made of; nobody waits on its connection any more.</summary>
    public async Task DecideAsync(PendingPairing pending, Random random)
    {
        var device = field.Ledger.Find(pending.DeviceId)!;
        if (random.Next(2) == 0)
        {
            field.Ledger.Note(device, RequestState.OnItsWay);
            await field.Operator.RejectAsync(pending.RequestId);
            field.Ledger.Note(device, RequestState.None);
            return;
        }

        field.Ledger.Propose(device, new Facts(Standing.Paired, pending.Name, pending.Scopes));
        await field.Operator.ApproveAsync(pending.RequestId, pending.Symbols);
        field.Ledger.Acknowledge(device);
        field.Ledger.Release(device);
    }

    private async Task RejectAsync(LedgerDevice device, PairingStep.Requested request, Task<Paired> pairing)
    {
        field.Ledger.Note(device, RequestState.OnItsWay);
        await field.Operator.RejectAsync(request.RequestId);
        field.Ledger.Note(device, RequestState.None);
        try
        {
            await pairing;
        }
        catch (GatewayException refusal) when (refusal.Code is RefusalCode.PairingRejected)
        {
            return;
        }

        throw new BrokenPromiseException(Promise.GrantsNothingElse, $"the request of {device.Id.Short} was rejected, and it was let in");
    }

    private async Task ApproveAsync(LedgerDevice device, PairingStep.Requested request, Facts granted, Task<Paired> pairing)
    {
        field.Ledger.Propose(device, granted);
        try
        {
            await field.Operator.ApproveAsync(request.RequestId, request.Symbols);
        }
        catch (GatewayException)
        {
            // The device may have been told what the operator was not.
            await pairing.ContinueWith(_ => { }, TaskScheduler.Default);
            if (pairing.IsCompletedSuccessfully)
            {
                field.Ledger.Acknowledge(device);
            }

            throw;
        }

        field.Ledger.Acknowledge(device);
        await pairing;
    }
}
