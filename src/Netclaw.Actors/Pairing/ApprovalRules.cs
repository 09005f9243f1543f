using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>Request first (trust.md section 7), the operator's side.</summary>
internal static class ApprovalRules
{
    public static Decision Approve(RegistryCommand.Approve command, RegistryState state)
    {
        if (Find(command, command.RequestId, command.By, state, out var request) is { } refusal)
        {
            return refusal;
        }

        if (SymbolsDiffer(command, request) is { } differ)
        {
            return differ;
        }

        var granted = command.Scopes is { } narrowed ? narrowed.Grant(request.Scopes) : request.Scopes;
        if (request.Role == Role.Operator && granted.IsEmpty)
        {
            return Decision.Refuse(command, RefusalCode.PairingScopeNotOffered, $"the device asks for [{request.Scopes}], none of which is in [{command.Scopes}]");
        }

        if (ApproverRules.MayGrant(command, command.By, request.Role, granted, state) is { } exceeded)
        {
            return exceeded;
        }

        if (!DeviceName.TryNormalize(command.Name ?? request.Name, out var name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        var enrolment = Enrolment.Of(new Device
        {
            Id = request.Key.DeviceId, Key = request.Key, Name = name, Platform = request.Platform, Kind = DeviceKind.Paired,
            Roles = [request.Role], Scopes = granted, Via = PairedVia.Owner, PairedBy = command.By.Subject, PairedAt = command.Now,
        }, state);
        return Decision.Accept(
            new RegistryReply.Approved(command.CommandId, request.Id, enrolment.Device),
            [.. enrolment.Before, new RegistryEvent.PairingApproved(command.Now, request.Id, enrolment.Device)]);
    }

    public static Decision Reject(RegistryCommand.Reject command, RegistryState state)
    {
        if (Find(command, command.RequestId, command.By, state, out var request) is { } refusal)
        {
            return refusal;
        }

        return ReasonText.TryNormalize(command.Reason, out var reason)
            ? Decision.Accept(
                new RegistryReply.Rejected(command.CommandId, request.Id, request.Key.DeviceId),
                new RegistryEvent.PairingRejected(command.Now, request.Id, command.By.Subject, reason))
            : Decision.Refuse(command, RefusalCode.InvalidRequest, ReasonText.Rule);
    }

    private static Decision? Find(RegistryCommand command, PairingRequestId id, Principal by, RegistryState state, out PendingRequest request)
    {
        request = null!;
        if (ApproverRules.MayDecide(command, by, state) is { } refusal)
        {
            return refusal;
        }

        if (!state.Pending.TryGetValue(id, out var found))
        {
            return NotWaiting(command, id, state);
        }

        request = found;
        return found.IsExpired(command.Now)
            ? Decision.Refuse(command, RefusalCode.PairingRequestExpired, $"request {id} has run out")
            : null;
    }

    private static Decision NotWaiting(RegistryCommand command, PairingRequestId id, RegistryState state)
    {
        var current = id;
        foreach (var superseded in state.Superseded)
        {
            current = superseded.Id == current ? superseded.By : current;
        }

        if (current == id)
        {
            return Decision.Refuse(command, RefusalCode.PairingRequestNotFound, $"no request {id}");
        }

        var waits = state.Pending.TryGetValue(current, out var request) && !request.IsExpired(command.Now);
        return Decision.Refuse(command, RefusalCode.PairingRequestSuperseded,
            $"request {id} was superseded by {current}" + (waits ? "" : ", which is not waiting any more"));
    }

    private static Decision? SymbolsDiffer(RegistryCommand.Approve command, PendingRequest request)
    {
        if (request.Symbols is null)
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(command.Symbols))
        {
            return Decision.Refuse(command, RefusalCode.PairingSymbolsRequired, $"request {request.Id} shows check symbols, and none were given");
        }

        return CheckSymbols.Same(command.Symbols, request.Symbols)
            ? null
            : Decision.Refuse(command, RefusalCode.PairingSymbolsMismatch, $"the symbols given are not those of request {request.Id}");
    }
}
