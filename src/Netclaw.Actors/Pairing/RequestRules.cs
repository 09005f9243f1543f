using System.Collections.Immutable;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Actors.Pairing;

/// <summary>Request first (trust.md section 7), the device's side: one request per device, bounded in all and per address.</summary>
internal static class RequestRules
{
    public static Decision Request(RegistryCommand.RequestPairing command, RegistryState state)
    {
        if (!DeviceName.TryNormalize(command.Name, out var name, out var problem))
        {
            return Decision.Refuse(command, RefusalCode.DeviceNameInvalid, problem);
        }

        if (command.Role == Role.Operator && command.Scopes.IsEmpty)
        {
            return Decision.Refuse(command, RefusalCode.InvalidRequest, "the request asks for no scope");
        }

        if (state.Devices.TryGetValue(command.Key.DeviceId, out var known) && known.Kind == DeviceKind.Host)
        {
            return Decision.Refuse(command, RefusalCode.HostCredentialNotLocal, "the gateway's own host credential is not paired on request");
        }

        var before = state.Pending.Values.FirstOrDefault(request => request.Key.Equals(command.Key) && !request.IsExpired(command.Now));
        var retried = before is not null && IsSame(before, command, name);
        var request = new PendingRequest
        {
            Id = retried ? before!.Id : command.FreshId, Key = command.Key, Name = name, Platform = PlatformText.Normalize(command.Platform),
            Role = command.Role, Scopes = command.Scopes, ClientAddress = command.ClientAddress, Symbols = command.Symbols,
            FirstAt = retried ? before!.FirstAt : command.Now, LastAt = command.Now,
        };
        if (!retried && state.Pending.ContainsKey(request.Id))
        {
            return Decision.Refuse(command, RefusalCode.HandlerUnavailable, "the request's id is in use; ask again");
        }

        var others = state.Pending.Values.Where(other => other != before && !other.IsExpired(command.Now));
        ImmutableArray<RegistryEvent> events =
        [
            .. Expired(state, command.Now),
            .. WaitingRoom.CrowdedOut(others, request).Select(gone => new RegistryEvent.PairingDropped(command.Now, gone.Id, DropCause.CrowdedOut)),
            .. before is null || retried ? [] : (ReadOnlySpan<RegistryEvent>)[new RegistryEvent.PairingSuperseded(command.Now, before.Id, request.Id)],
            retried ? new RegistryEvent.PairingRetried(command.Now, request) : new RegistryEvent.PairingRequested(command.Now, request),
        ];
        return new Decision(events, new RegistryReply.Requested(command.CommandId, request));
    }

    public static Decision Expire(RegistryCommand.ExpireDue command, RegistryState state) =>
        new([.. Expired(state, command.Now), .. SurfaceRules.Expired(state, command.Now)], new RegistryReply.Done(command.CommandId));

    private static IEnumerable<RegistryEvent> Expired(RegistryState state, DateTimeOffset now) => state.Pending.Values
        .Where(request => request.IsExpired(now)).OrderBy(request => request.ExpiresAt).ThenBy(request => request.Id.ToString(), StringComparer.Ordinal)
        .Select(request => new RegistryEvent.PairingExpired(now, request.Id));

    /// <summary>A request that had check symbols and now comes without them is another request: else the check could be talked away.</summary>
    private static bool IsSame(PendingRequest before, RegistryCommand.RequestPairing command, string name) =>
        before.Role == command.Role && before.Scopes == command.Scopes && string.Equals(before.Name, name, StringComparison.Ordinal)
        && before.Symbols is null == command.Symbols is null;
}
