using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// Bearer tokens of protocol devices: at most one per role, never worth more than the device, and never than the one who has it made. Whoever
/// is no admin changes the token of the own device alone.
/// </summary>
internal static class TokenRules
{
    private const string Gateway = "gateway";

    public static Decision Rotate(RegistryCommand.RotateToken command, RegistryState state)
    {
        if (MayChange(command, command.Device, command.By, state, out var device) is { } refusal)
        {
            return refusal;
        }

        if (device.Key.Algorithm == KeyAlgorithm.P256)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, $"{device.Id.Short} proves itself by its key alone and has no token; its key is rotated on it: netclaw devices rotate");
        }

        if (!device.Roles.Contains(command.Role))
        {
            return Decision.Refuse(command, RefusalCode.RoleNotAllowed, $"{device.Id.Short} is not paired as {NativeTranscript.RoleText(command.Role)}");
        }

        var most = new ScopeSet(device.Scopes.Expanded.Flags & ApproverRules.Held(command.By, state).Expanded.Flags);
        var wanted = command.Scopes ?? Before(device, command.Role)?.Scopes ?? (command.Role == Role.Operator ? device.Scopes : ScopeSet.Empty);
        if (command.Scopes is not null && !most.Covers(wanted))
        {
            return Decision.Refuse(command, RefusalCode.PairingScopeExceedsApprover,
                $"a token with [{wanted}] would hold more than the device [{device.Scopes}] or {command.By.Subject} does");
        }

        var granted = most.Grant(wanted);
        if (command.Role == Role.Operator && granted.IsEmpty)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, "an operator's token must hold at least one scope");
        }

        var token = new DeviceToken(command.Role, command.Sha256, granted, command.Now, command.Salt);
        return Decision.Accept(
            new RegistryReply.Changed(command.CommandId, device.With(token)) { TokenRole = command.Role },
            new RegistryEvent.DeviceTokenIssued(command.Now, device.Id, token, command.By.Subject));
    }

    /// <summary>With the device's own scopes: what it holds was decided when it was paired.</summary>
    public static Decision Issue(RegistryCommand.IssueToken command, RegistryState state)
    {
        if (!state.Devices.TryGetValue(command.Device, out var device) || device is { IsRevoked: true } or { IsSuspended: true } or { Kind: not DeviceKind.Paired })
        {
            return Decision.Refuse(command, RefusalCode.DeviceRevoked, $"{command.Device.Short} is not paired any more");
        }

        if (device.Key.Algorithm == KeyAlgorithm.P256 || !device.Roles.Contains(command.Role))
        {
            return Decision.Refuse(command, RefusalCode.RoleNotAllowed, $"{device.Id.Short} has no token as {NativeTranscript.RoleText(command.Role)}");
        }

        if (Before(device, command.Role) is not null)
        {
            return Decision.Accept(new RegistryReply.Changed(command.CommandId, device) { TokenRole = command.Role });
        }

        var token = First(device, command.Role, command.Sha256, command.Now, command.Salt);
        var own = new RegistryEvent.DeviceTokenIssued(command.Now, device.Id, token, Gateway);
        device = device.With(token);
        if (command.Beside is not { } beside || !MayHave(device, beside, state))
        {
            return Decision.Accept(new RegistryReply.Changed(command.CommandId, device) { TokenRole = command.Role }, own);
        }

        var other = First(device, beside.Role, beside.Sha256, command.Now, beside.Salt);
        return Decision.Accept(
            new RegistryReply.Changed(command.CommandId, device.With(other)) { TokenRole = command.Role }, own, new RegistryEvent.DeviceTokenIssued(command.Now, device.Id, other, Gateway));
    }

    private static DeviceToken First(Device device, Role role, string sha256, DateTimeOffset now, string salt) =>
        new(role, sha256, role == Role.Operator ? device.Scopes : ScopeSet.Empty, now, salt);

    /// <summary>The code paired this device, in this role as well, and with nothing less than it holds: a code hands over no more than it grants.</summary>
    private static bool MayHave(Device device, TokenHandover wanted, RegistryState state) =>
        state.Setups.GetValueOrDefault(wanted.Setup) is { SpentBy: { } spender } setup && spender == device.Id && setup.Roles.Contains(wanted.Role) && device.Roles.Contains(wanted.Role)
            && Before(device, wanted.Role) is null && (wanted.Role == Role.Node || setup.Scopes.Covers(device.Scopes));

    public static Decision Revoke(RegistryCommand.RevokeToken command, RegistryState state)
    {
        if (MayChange(command, command.Device, command.By, state, out var device) is { } refusal)
        {
            return refusal;
        }

        var reply = new RegistryReply.Changed(command.CommandId, device.WithoutToken(command.Role)) { TokenRole = command.Role };
        return Before(device, command.Role) is null
            ? Decision.Accept(reply)
            : Decision.Accept(reply, new RegistryEvent.DeviceTokenRevoked(command.Now, device.Id, command.Role, command.By.Subject));
    }

    private static Decision? MayChange(RegistryCommand command, DeviceId id, Principal by, RegistryState state, out Device device)
    {
        if (ChangeRules.Find(command, by, id, state, out device) is { } refusal)
        {
            return refusal;
        }

        return (by.Device == id || ApproverRules.Held(by, state).Covers(Scope.Admin)
                ? null
                : Decision.Refuse(command, RefusalCode.MissingScope, $"{by.Subject} may change its own token alone; another device's takes operator.admin"))
            ?? (device.Kind == DeviceKind.Paired ? null : Decision.Refuse(command, RefusalCode.InvalidRequest, $"{id.Short} is the gateway's own host credential and has no token"));
    }

    private static DeviceToken? Before(Device device, Role role) => device.Tokens.FirstOrDefault(token => token.Role == role);
}
