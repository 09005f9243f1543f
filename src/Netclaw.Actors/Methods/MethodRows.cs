using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>The methods, in the order of docs/methods.md.</summary>
internal static class MethodRows
{
    private static readonly ProtocolJson Json = ProtocolJson.Default;

    internal static readonly MethodEntry[] All =
    [
        new(ConnectParams.Method, null, Scope.None, HandlerKey.Handshake, false, Json.ConnectParams, Json.HelloOk,
            "Says who the client is and proves it; the first call of every connection. Answered with pairing instead where a device must be paired first."),
        new(PairBeginParams.Method, null, Scope.None, HandlerKey.Handshake, false, Json.PairBeginParams, Json.PairBeginResult,
            "Code first, step 1: names the code. Counts as a try."),
        new(PairConfirmParams.Method, null, Scope.None, HandlerKey.Handshake, false, Json.PairConfirmParams, Json.PairConfirmResult,
            "Code first, step 2: proves the code; the gateway proves it in turn and the device is paired."),
        new(PairRequestParams.Method, null, Scope.None, HandlerKey.Handshake, false, Json.PairRequestParams, Json.PairRequestResult,
            "Request first: reveals the committed nonce and asks an operator; connect.welcome or closing follows."),

        new(HealthResult.Method, null, Scope.None, HandlerKey.Status, true, null, Json.HealthResult,
            "Whether the gateway serves."),
        new(StatusResult.Method, null, Scope.Read, HandlerKey.Status, true, null, Json.StatusResult,
            "What stands: gateway, daemon, journal, registry, and what was warned about and opted into at start. Paths, endpoints and the values of opt-ins only for the control socket and for admins."),
        new(PresenceRow.Method, Role.Operator, Scope.Read, HandlerKey.Status, true, null, Json.ImmutableArrayPresenceRow,
            "The gateway, and every client whose connection is more than one command."),
        new(GatewayIdentityResult.Method, Role.Operator, Scope.Read, HandlerKey.Status, true, null, Json.GatewayIdentityResult,
            "The gateway's id and the key that clients pin."),
        new(ConnectionListResult.Method, Role.Operator, Scope.Read, HandlerKey.Connections, true, null, Json.ConnectionListResult,
            "Every live connection."),

        new(PairListResult.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.PairListParams, Json.PairListResult,
            "Requests that wait, and paired devices; with all, revoked ones too."),
        new(CodeCreateParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, false, Json.CodeCreateParams, Json.CodeCreateResult,
            "Mints a pairing code. Nobody can put more scopes into it than they hold."),
        new(PairApproveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.PairApproveParams, Json.PairApproveResult,
            "Approves a request. Nobody can grant more scopes than they hold."),
        new(PairRejectParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.PairRejectParams, Json.PairRejectResult,
            "Rejects a request; the waiting device hears the reason."),
        new(PairRemoveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.PairRemoveParams, Json.PairRemoveResult,
            "Revokes a device. Answered after its live connections are closed."),

        new(ProbeBeginResult.Method, Role.Operator, Scope.Admin, HandlerKey.Probes, false, null, Json.ProbeBeginResult,
            "Begins a probe of the proxy in front: one request may carry its id, within a minute."),
        new(ProbeResultParams.Method, Role.Operator, Scope.Admin, HandlerKey.Probes, true, Json.ProbeResultParams, Json.ProxyProbeResult,
            "What the proxy made of the probe's request, as it arrived."),

        new(PairRenameParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.PairRenameParams, Json.PairRenameResult,
            "Calls a device something else; a name in use gets a number behind it."),
        new(DevicesConfirmParams.Method, Role.Operator, Scope.Admin, HandlerKey.Devices, true, Json.DevicesConfirmParams, Json.DevicesConfirmResult,
            "Lets devices in again that a restore suspended: the named ones, or all of them."),
        new(ScopesSetParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.ScopesSetParams, Json.ScopesSetResult,
            "Gives a device exactly these scopes. What is added must be held by the caller; connections that held more are closed first."),
        new(ScopesRequestParams.Method, Role.Operator, Scope.Read, HandlerKey.Devices, true, Json.ScopesRequestParams, Json.ScopesRequestResult,
            "The calling device asks for more scopes; an operator approves or rejects it like any request."),
        new(ScopesWaitParams.Method, Role.Operator, Scope.Read, HandlerKey.Devices, true, Json.ScopesWaitParams, Json.ScopesWaitResult,
            "Answered when the calling device's request is decided or has run out; connections opened from then on hold what was granted."),
        new(KeyRotateParams.Method, null, Scope.None, HandlerKey.Devices, false, Json.KeyRotateParams, Json.KeyRotateResult,
            "Another key for the calling device, signed by both keys; the former is shut out and its connections are closed."),
        new(TokenRotateParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, false, Json.TokenRotateParams, Json.TokenRotateResult,
            "A new bearer token for a protocol device and role, shown this once. Another device's takes admin; never more scopes than device and caller hold."),
        new(TokenRevokeParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.TokenRevokeParams, Json.TokenRevokeResult,
            "Ends the token of a device and role; its connections are closed first."),
        new(LocalPairingResult.StatusMethod, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, null, Json.LocalPairingResult,
            "Whether local devices are paired without a prompt, or why not."),
        new(LocalPairingResult.ConfirmMethod, Role.Operator, Scope.Admin, HandlerKey.Devices, true, null, Json.LocalPairingResult,
            "Confirms the exposure and auth mode of now: local devices are paired without a prompt again."),
        new(ImportParams.Method, Role.Operator, Scope.Admin, HandlerKey.Devices, true, Json.ImportParams, Json.ImportResult,
            "Takes in devices of an earlier gateway, one row for each entry. On the control socket alone; never lifts a tombstone."),
        new(LegacyRemoveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, Json.LegacyRemoveParams, Json.LegacyRemoveResult,
            "Takes back an imported device that waits for its key: its token opens nothing any more."),

        new(RecoveryPlanResult.Method, Role.Operator, Scope.Admin, HandlerKey.Recovery, true, null, Json.RecoveryPlanResult,
            "Whether this host's own credential serves, and what a repair would write. Over the control socket alone."),
        new(RecoveryRepairResult.Method, Role.Operator, Scope.Admin, HandlerKey.Recovery, true, null, Json.RecoveryRepairResult,
            "Gives this host another credential where its own is lost; no other device is touched. Over the control socket alone; answered after connections of the former one are closed."),

        new(DaemonStopResult.Method, Role.Operator, Scope.Admin, HandlerKey.Daemon, true, null, Json.DaemonStopResult,
            "Drains and exits. Answered before the drain."),
    ];
}
