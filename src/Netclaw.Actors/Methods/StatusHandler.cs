using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Serves <c>health</c>, <c>status</c>, <c>system-presence</c> and <c>gateway.identity.get</c>, from facts and snapshots alone.</summary>
internal sealed class StatusHandler(HandlerParts parts) : MethodHandlerActor
{
    protected override void Handle(MethodCall call)
    {
        switch (call.Method)
        {
            case HealthResult.Method:
                Answer(call, new HealthResult(parts.Health.IsHealthy, parts.Daemon.Phase, UptimeMs(call.Now), call.Now.ToUnixTimeMilliseconds()), ProtocolJson.Default.HealthResult);
                break;
            case StatusResult.Method:
                Answer(call, Status(call), ProtocolJson.Default.StatusResult);
                break;
            case PresenceRow.Method:
                Answer(call, PresenceRows.Of(parts.Gateway, parts.Daemon, parts.Live), ProtocolJson.Default.ImmutableArrayPresenceRow);
                break;
            case GatewayIdentityResult.Method:
                Answer(call, new GatewayIdentityResult(parts.Gateway.Id, parts.Gateway.Key), ProtocolJson.Default.GatewayIdentityResult);
                break;
            default:
                Refuse(call, RefusalCode.UnknownMethod, $"{call.Method} is not served here");
                break;
        }
    }

    private StatusResult Status(MethodCall call)
    {
        var registry = parts.View.Current ?? Devices.RegistrySnapshot.Empty;
        var daemon = parts.Daemon;
        var whole = SeesPaths(call.Principal);
        return new StatusResult(
            new GatewayStatus(parts.Gateway.Id, parts.Gateway.Name, parts.Gateway.Key, daemon.Exposure, daemon.AuthMode),
            new DaemonStatus(
                parts.Gateway.Version, daemon.ProcessId, daemon.StartedAt.ToUnixTimeMilliseconds(), UptimeMs(call.Now), daemon.Phase,
                whole ? daemon.Endpoints : [], whole ? daemon.ControlSocket : null, whole ? daemon.SharedSocket : null),
            new JournalStatus(daemon.JournalProvider, parts.Health.IsHealthy, registry.Sequence, parts.Health.Failure?.ToString(), daemon.MarkProblem, parts.Health.State),
            new RegistryStatus(
                registry.PairedCount, registry.Waiting(call.Now).Count(), registry.Devices.Count - registry.PairedCount, registry.LiveCodes,
                registry.Bootstrap.ToString(), LocalPairingRow.State(parts, registry)),
            parts.Live.Count,
            SessionMachine.Granted(call.Principal),
            whole ? daemon.Notices : daemon.Notices.WithoutValues());
    }

    private long UptimeMs(DateTimeOffset now) => (long)(now - parts.Daemon.StartedAt).TotalMilliseconds;

    private static bool SeesPaths(Principal principal) => principal.Method == AuthMethod.ControlSocket || principal.Scopes.Covers(Scope.Admin);
}
