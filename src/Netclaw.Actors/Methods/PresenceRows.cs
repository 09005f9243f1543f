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

    /// <summary>Of those who stay, as many are shown to everybody; <c>system-presence</c> shows them all.</summary>
    public const int Most = 64;

    /// <summary>Whether a session stays: it is let in, and its client is no passing one.</summary>
    public static bool Shows(SessionState state) => state is SessionState.Active active && !Passing.Contains(active.Client.Mode, StringComparer.Ordinal);

    public static ImmutableArray<PresenceRow> Of(GatewayIdentity gateway, IDaemonFacts daemon, LiveSessions live) =>
        [Self(gateway, daemon), .. InOrder(live).Select(active => Row(active, active.Client))];

    /// <summary>The gateway and the <see cref="Most"/> that came last.</summary>
    public static ImmutableArray<PresenceRow> Latest(GatewayIdentity gateway, IDaemonFacts daemon, LiveSessions live) =>
        [Self(gateway, daemon), .. InOrder(live).TakeLast(Most).Select(active => Row(active, active.Client))];

    private static PresenceRow Self(GatewayIdentity gateway, IDaemonFacts daemon) =>
        new PresenceRow(gateway.Name, "gateway", "self", daemon.StartedAt.ToUnixTimeMilliseconds(), string.Create(CultureInfo.InvariantCulture, $"Gateway: {gateway.Name} ({gateway.Version})"))
        {
            Version = gateway.Version, Platform = "linux",
        };

    private static IEnumerable<SessionState.Active> InOrder(LiveSessions live) =>
        live.All.Select(session => session.State).Where(Shows).Cast<SessionState.Active>()
            .OrderBy(active => active.Facts.Evidence.AcceptedAt).ThenBy(active => active.Facts.Id.ToString(), StringComparer.Ordinal);

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
