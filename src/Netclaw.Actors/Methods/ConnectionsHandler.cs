using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>connection.list</c>: every session that is not closed, oldest first.</summary>
internal sealed class ConnectionsHandler(LiveSessions live) : MethodHandlerActor
{
    protected override void Handle(MethodCall call) => Answer(
        call,
        new ConnectionListResult([.. live.All.Select(session => session.State).Where(state => state is not SessionState.Closed)
            .OrderBy(state => state.Facts.Evidence.AcceptedAt).ThenBy(state => state.Facts.Id.ToString(), StringComparer.Ordinal).Select(Row)]),
        ProtocolJson.Default.ConnectionListResult);

    private static LiveConnection Row(SessionState state) => state switch
    {
        SessionState.Active s => Row(state, s.Principal, s.Client.Label),
        SessionState.Draining s => Row(state, s.Principal, s.Client.Label),
        SessionState.AwaitingPairing s => Row(state, s.Applicant.Key.DeviceId, s.Applicant.Intent.Name, null, null, ScopeSet.Empty, s.Applicant.Client.Label),
        SessionState.PairingSilently s => Row(state, s.Pairing.Key.DeviceId, null, null, null, ScopeSet.Empty, null),
        SessionState.SilentlyPaired s => Row(state, s.Device, null, null, null, ScopeSet.Empty, null),
        SessionState.IssuingToken s => Row(state, s.Device, null, null, null, ScopeSet.Empty, null),
        SessionState.TokenIssued s => Row(state, s.Device, null, null, null, ScopeSet.Empty, null),
        SessionState.EnrollingLegacy s => Row(state, s.Enrolment.Key.DeviceId, null, null, null, ScopeSet.Empty, null),
        SessionState.LegacyEnrolled s => Row(state, s.Device, null, null, null, ScopeSet.Empty, null),
        SessionState.RedeemingSetup s => Row(state, s.Setup.Key.DeviceId, null, null, null, ScopeSet.Empty, null),
        SessionState.SetupRedeemed s => Row(state, s.Device, null, null, null, ScopeSet.Empty, null),
        SessionState.Identifying s => Row(state, s.Proven, null, null, null, ScopeSet.Empty, null),
        _ => Row(state, null, null, null, null, ScopeSet.Empty, null),
    };

    private static LiveConnection Row(SessionState state, Principal principal, string client) => Row(
        state, principal.Device, principal.Device is null ? null : principal.Name, principal.Subject, principal.Role, principal.Scopes, client)
        with { Internal = principal.IsInternal ? true : null, NodeId = principal.Node };

    private static LiveConnection Row(
        SessionState state, DeviceId? device, string? deviceName, string? principal, Role? role, ScopeSet scopes, string? client)
    {
        var evidence = state.Facts.Evidence;
        return new LiveConnection(
            state.Facts.Id, state.Name, device, deviceName, principal, role, scopes, evidence.Transport,
            evidence.Listener == ListenerKind.Control ? null : evidence.ClientAddress, client, evidence.AcceptedAt.ToUnixTimeMilliseconds());
    }
}
