using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Who is there, as far as it stays: the gateway first, then everybody whose connection is more than one command (gateway-protocol.md 2.6).</summary>
public static class PresenceRows
{
    /// <summary>They come and go with a command each; a row of theirs would be gone before anybody read it.</summary>
    private static readonly string[] Passing = ["cli", "backend", "probe"];

    public static ImmutableArray<PresenceRow> Of(GatewayIdentity gateway, IDaemonFacts daemon, LiveSessions live) =>
    [
        new PresenceRow(gateway.Name, "gateway", "self", daemon.StartedAt.ToUnixTimeMilliseconds(), string.Create(CultureInfo.InvariantCulture, $"Gateway: {gateway.Name} ({gateway.Version})"))
        {
            Version = gateway.Version, Platform = "linux",
        },
        .. live.All.Select(session => session.State).OfType<SessionState.Active>().Where(active => !Passing.Contains(active.Client.Mode, StringComparer.Ordinal))
            .OrderBy(active => active.Facts.Evidence.AcceptedAt).ThenBy(active => active.Facts.Id.ToString(), StringComparer.Ordinal).Select(active => Row(active, active.Client)),
    ];

    private static PresenceRow Row(SessionState.Active active, ClientInfo client)
    {
        var principal = active.Principal;
        var evidence = active.Facts.Evidence;
        var host = client.DisplayName ?? (principal.Device is null ? client.Id : principal.Name);
        return new PresenceRow(host, client.Mode, "connect", evidence.AcceptedAt.ToUnixTimeMilliseconds(), $"{NativeTranscript.RoleText(principal.Role)}: {host} ({client.Id} {client.Version})")
        {
            Ip = evidence.Listener == ListenerKind.Tcp ? evidence.ClientAddress : null, Version = client.Version, Platform = client.Platform, DeviceFamily = client.DeviceFamily,
            DeviceId = principal.Device?.Hex, InstanceId = client.InstanceId, Roles = [NativeTranscript.RoleText(principal.Role)], Scopes = principal.Scopes.ToNames(),
        };
    }
}
