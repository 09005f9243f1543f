using System.Globalization;
using System.Text;

namespace Netclaw.Protocol;

/// <summary>
/// What native signatures cover (trust.md section 6). Fields are joined with <c>|</c>; none of them can contain one: ids and
/// hashes are hex or base32, nonces base64url, roles and scopes come from closed sets.
/// </summary>
public static class NativeTranscript
{
    /// <summary>The gateway's own proof: it holds the key that the client pinned, for exactly these two nonces.</summary>
    public static byte[] Gateway(PublicKey gatewayKey, string serverNonce, string clientNonce) => Encoding.UTF8.GetBytes(
        string.Join('|', "netclaw-gateway-v1", gatewayKey.GatewayId, gatewayKey.HashText, serverNonce, clientNonce));

    /// <summary>The device's proof. It names the gateway, so it cannot be relayed to another one.</summary>
    public static byte[] Device(
        PublicKey gatewayKey, DeviceId device, Role role, ScopeSet scopes, string serverNonce, string clientNonce, long signedAtMs) =>
        Encoding.UTF8.GetBytes(string.Join('|',
            "netclaw-v1", gatewayKey.GatewayId, gatewayKey.HashText, device, RoleText(role), scopes, serverNonce, clientNonce,
            signedAtMs.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A device changes its key: signed by both, on one connection of one gateway.</summary>
    public static byte[] Rekey(PublicKey gatewayKey, SessionId session, DeviceId former, PublicKey next) => Encoding.UTF8.GetBytes(
        string.Join('|', "netclaw-rekey-v1", gatewayKey.GatewayId, gatewayKey.HashText, session, former, next));

    public static string RoleText(Role role) => role == Role.Node ? "node" : "operator";
}
