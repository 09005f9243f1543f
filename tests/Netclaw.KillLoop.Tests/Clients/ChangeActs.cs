using System.Text.Json;
using Netclaw.KillLoop.Oracle;
using Netclaw.Protocol;

namespace Netclaw.KillLoop.Clients;

/// <summary>What happens to devices that are paired: other names, scopes and keys, and the end.</summary>
internal sealed class ChangeActs(Field field)
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement(new object());

    public Task RenameAsync(Random random) => ChangeAsync(
        random, facts => facts with { Name = field.Ledger.FreshName() }, (device, facts) => field.Operator.RenameAsync(device.Id, facts.Name));

    public Task SetScopesAsync(Random random) => ChangeAsync(
        random, facts => facts with { Scopes = Field.AnyScopes(random) }, (device, facts) => field.Operator.SetScopesAsync(device.Id, facts.Scopes));

    /// <summary>While the device is connected: what it holds open is of no use from the acknowledgement on, and its key opens nothing more.</summary>
    public async Task RevokeAsync(Random random)
    {
        if (field.Ledger.Claim(random) is not { } device)
        {
            return;
        }

        var (held, _) = await field.Client.ConnectAsync(device.Key);
        await using var connection = held;
        field.Ledger.Propose(device, Facts.Revoked);
        await field.Operator.RevokeAsync(device.Id);
        field.Ledger.Acknowledge(device);
        await MustBeShutAsync(device, connection);
        await field.LookInAsync(device);
        field.Ledger.Release(device);
    }

    /// <summary>By the device itself; then the former key is shut out and the new one let in.</summary>
    public async Task RotateAsync(Random random)
    {
        if (field.Ledger.Claim(random) is not { } former)
        {
            return;
        }

        var next = field.Ledger.Add();
        field.Ledger.Propose(former, Facts.Revoked);
        field.Ledger.Propose(next, former.Certain);
        field.Ledger.Rotate(former, next);
        await field.Client.RotateAsync(former.Key, next.Key);
        field.Ledger.Acknowledge(former);
        field.Ledger.Acknowledge(next);
        await field.LookInAsync(former);
        await field.LookInAsync(next);
        field.Ledger.Release(former);
        field.Ledger.Release(next);
    }

    private async Task ChangeAsync(Random random, Func<Facts, Facts> change, Func<LedgerDevice, Facts, Task> ask)
    {
        if (field.Ledger.Claim(random) is not { } device)
        {
            return;
        }

        var facts = change(device.Certain);
        field.Ledger.Propose(device, facts);
        await ask(device, facts);
        field.Ledger.Acknowledge(device);
        field.Ledger.Release(device);
    }

    private static async Task MustBeShutAsync(LedgerDevice device, GatewayConnection connection)
    {
        try
        {
            if (!(await connection.CallAsync(HealthResult.Method, Nothing, default)).Ok)
            {
                return;
            }
        }
        catch (GatewayException)
        {
            return;
        }

        throw new BrokenPromiseException(Promise.KeepsTheRevokedOut, $"the revocation of {device.Id.Short} was acknowledged, and a connection of it is still served");
    }
}
