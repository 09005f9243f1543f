using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>The methods, in the order of docs/methods.md.</summary>
internal static class MethodRows
{
    internal static readonly MethodEntry[] All =
    [
        new(ConnectParams.Method, null, Scope.None, HandlerKey.Handshake, false, typeof(ConnectParams), typeof(HelloOk),
            "Says who the client is and proves it; the first call of every connection. Answered with pairing instead where a device must be paired first."),
        new(PairBeginParams.Method, null, Scope.None, HandlerKey.Handshake, false, typeof(PairBeginParams), typeof(PairBeginResult),
            "Code first, step 1: names the code. Counts as a try."),
        new(PairConfirmParams.Method, null, Scope.None, HandlerKey.Handshake, false, typeof(PairConfirmParams), typeof(PairConfirmResult),
            "Code first, step 2: proves the code; the gateway proves it in turn and the device is paired."),
        new(PairRequestParams.Method, null, Scope.None, HandlerKey.Handshake, false, typeof(PairRequestParams), typeof(PairRequestResult),
            "Request first: reveals the committed nonce and asks an operator; connect.welcome or closing follows."),

        new(HealthResult.Method, null, Scope.None, HandlerKey.Status, true, null, typeof(HealthResult),
            "Whether the gateway serves."),
        new(StatusResult.Method, null, Scope.Read, HandlerKey.Status, true, null, typeof(StatusResult),
            "What stands: gateway, daemon, journal, registry, and what was warned about and opted into at start. Paths, endpoints and the values of opt-ins only for the control socket and for admins."),
        new(PresenceRow.Method, Role.Operator, Scope.Read, HandlerKey.Status, true, null, typeof(ImmutableArray<PresenceRow>),
            "The gateway, and every client whose connection is more than one command."),
        new(GatewayIdentityResult.Method, Role.Operator, Scope.Read, HandlerKey.Status, true, null, typeof(GatewayIdentityResult),
            "The gateway's id and the key that clients pin."),
        new(ConnectionListResult.Method, Role.Operator, Scope.Read, HandlerKey.Connections, true, null, typeof(ConnectionListResult),
            "Every live connection."),

        new(PairListResult.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(PairListParams), typeof(PairListResult),
            "Requests that wait, and paired devices; with all, revoked ones too."),
        new(CodeCreateParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, false, typeof(CodeCreateParams), typeof(CodeCreateResult),
            "Mints a pairing code. Nobody can put more scopes into it than they hold."),
        new(PairApproveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(PairApproveParams), typeof(PairApproveResult),
            "Approves a request. Nobody can grant more scopes than they hold."),
        new(PairRejectParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(PairRejectParams), typeof(PairRejectResult),
            "Rejects a request; the waiting device hears the reason."),
        new(PairRemoveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(PairRemoveParams), typeof(PairRemoveResult),
            "Revokes a device. Answered after its live connections are closed."),

        new(ProbeBeginResult.Method, Role.Operator, Scope.Admin, HandlerKey.Probes, false, null, typeof(ProbeBeginResult),
            "Begins a probe of the proxy in front: one request may carry its id, within a minute."),
        new(ProbeResultParams.Method, Role.Operator, Scope.Admin, HandlerKey.Probes, true, typeof(ProbeResultParams), typeof(ProxyProbeResult),
            "What the proxy made of the probe's request, as it arrived."),

        new(PairRenameParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(PairRenameParams), typeof(PairRenameResult),
            "Calls a device something else; a name in use gets a number behind it."),
        new(DevicesConfirmParams.Method, Role.Operator, Scope.Admin, HandlerKey.Devices, true, typeof(DevicesConfirmParams), typeof(DevicesConfirmResult),
            "Lets devices in again that a restore suspended: the named ones, or all of them."),
        new(ScopesSetParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(ScopesSetParams), typeof(ScopesSetResult),
            "Gives a device exactly these scopes. What is added must be held by the caller; connections that held more are closed first."),
        new(ScopesRequestParams.Method, Role.Operator, Scope.Read, HandlerKey.Devices, true, typeof(ScopesRequestParams), typeof(ScopesRequestResult),
            "The calling device asks for more scopes; an operator approves or rejects it like any request."),
        new(ScopesWaitParams.Method, Role.Operator, Scope.Read, HandlerKey.Devices, true, typeof(ScopesWaitParams), typeof(ScopesWaitResult),
            "Answered when the calling device's request is decided or has run out; connections opened from then on hold what was granted."),
        new(KeyRotateParams.Method, null, Scope.None, HandlerKey.Devices, false, typeof(KeyRotateParams), typeof(KeyRotateResult),
            "Another key for the calling device, signed by both keys; the former is shut out and its connections are closed."),
        new(TokenRotateParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, false, typeof(TokenRotateParams), typeof(TokenRotateResult),
            "A new bearer token for a protocol device and role, shown this once. Another device's takes admin; never more scopes than device and caller hold."),
        new(TokenRevokeParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(TokenRevokeParams), typeof(TokenRevokeResult),
            "Ends the token of a device and role; its connections are closed first."),
        new(LocalPairingResult.StatusMethod, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, null, typeof(LocalPairingResult),
            "Whether local devices are paired without a prompt, or why not."),
        new(LocalPairingResult.ConfirmMethod, Role.Operator, Scope.Admin, HandlerKey.Devices, true, null, typeof(LocalPairingResult),
            "Confirms the exposure and auth mode of now: local devices are paired without a prompt again."),
        new(ImportParams.Method, Role.Operator, Scope.Admin, HandlerKey.Devices, true, typeof(ImportParams), typeof(ImportResult),
            "Takes in devices of an earlier gateway, one row for each entry. On the control socket alone; never lifts a tombstone."),
        new(LegacyRemoveParams.Method, Role.Operator, Scope.Pairing, HandlerKey.Devices, true, typeof(LegacyRemoveParams), typeof(LegacyRemoveResult),
            "Takes back an imported device that waits for its key: its token opens nothing any more."),

        new(RecoveryPlanResult.Method, Role.Operator, Scope.Admin, HandlerKey.Recovery, true, null, typeof(RecoveryPlanResult),
            "Whether this host's own credential serves, and what a repair would write. Over the control socket alone."),
        new(RecoveryRepairResult.Method, Role.Operator, Scope.Admin, HandlerKey.Recovery, true, typeof(RecoveryRepairParams), typeof(RecoveryRepairResult),
            "Gives this host another credential where its own is lost; no other device is touched. With the digest of a plan it does that one or nothing. Over the control socket alone; answered after connections of the former one are closed."),

        new(DaemonStopResult.Method, Role.Operator, Scope.Admin, HandlerKey.Daemon, true, null, typeof(DaemonStopResult),
            "Drains and exits. Answered before the drain."),
        .. SurfaceMethodRows.All,

        .. InvokeRows.All,
        .. SetupRows.All,

        .. ApprovalRows.All,

        .. ConversationRows.All,
        .. AgentToolRows.All,

        .. RunMethodRows.All,

        .. CronRows.All,
    ];
}
