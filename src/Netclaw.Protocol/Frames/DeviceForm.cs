using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>Devices and pairing requests as protocol clients see them (gateway-protocol.md section 5): ids are bare hex, keys bare base64url.</summary>
internal static class DeviceForm
{
    public static JsonElement List(PairListResult list) => GatewayJson.Write(writer =>
    {
        writer.WriteStartArray("pending"u8);
        foreach (var pending in list.Pending)
        {
            writer.WriteStartObject();
            Members(writer, pending);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("paired"u8);
        foreach (var device in list.Paired)
        {
            writer.WriteStartObject();
            Members(writer, device);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>Event <c>device.pair.requested</c>.</summary>
    public static JsonElement Requested(PendingPairing pending) => GatewayJson.Write(writer => Members(writer, pending));

    public static JsonElement Approved(PairApproveResult approved) => GatewayJson.Write(writer =>
    {
        writer.WriteString("requestId"u8, approved.RequestId.ToString());
        writer.WriteStartObject("device"u8);
        Members(writer, approved.Device);
        writer.WriteEndObject();
    });

    public static JsonElement Rejected(PairRejectResult rejected) => GatewayJson.Write(writer =>
    {
        writer.WriteString("requestId"u8, rejected.RequestId.ToString());
        writer.WriteString("deviceId"u8, rejected.DeviceId.Hex);
    });

    public static JsonElement Named(DeviceId device, Action<Utf8JsonWriter>? more = null) => GatewayJson.Write(writer =>
    {
        writer.WriteString("deviceId"u8, device.Hex);
        more?.Invoke(writer);
    });

    private static void Members(Utf8JsonWriter writer, PendingPairing pending)
    {
        writer.WriteString("requestId"u8, pending.RequestId.ToString());
        writer.WriteString("deviceId"u8, pending.DeviceId.Hex);
        writer.WriteString("publicKey"u8, Base64UrlText.Encode(pending.PublicKey.Raw));
        writer.WriteText("displayName"u8, pending.Name);
        writer.WriteText("platform"u8, pending.Platform);
        writer.WriteString("role"u8, NativeTranscript.RoleText(pending.Role));
        writer.WriteNames("roles"u8, [NativeTranscript.RoleText(pending.Role)]);
        writer.WriteNames("scopes"u8, pending.Scopes.ToNames());
        writer.WriteText("remoteIp"u8, pending.RemoteAddress);
        writer.WriteBoolean("silent"u8, false);
        writer.WriteNumber("ts"u8, pending.Ts);
    }

    private static void Members(Utf8JsonWriter writer, PairedDevice device)
    {
        writer.WriteString("deviceId"u8, device.DeviceId.Hex);
        writer.WriteString("publicKey"u8, Base64UrlText.Encode(device.PublicKey.Raw));
        writer.WriteText("displayName"u8, device.Name);
        writer.WriteText("operatorLabel"u8, device.Name);
        writer.WriteText("platform"u8, device.Platform);
        writer.WriteText("role"u8, device.Roles.IsEmpty ? null : NativeTranscript.RoleText(device.Roles[0]));
        writer.WriteNames("roles"u8, device.Roles.Select(NativeTranscript.RoleText));
        writer.WriteNames("scopes"u8, device.Scopes.ToNames());
        writer.WriteString("approvedVia"u8, Via(device.ApprovedVia));
        writer.WriteNumber("createdAtMs"u8, device.ApprovedAtMs);
        writer.WriteNumber("approvedAtMs"u8, device.ApprovedAtMs);
        writer.WriteTime("lastSeenAtMs"u8, device.LastSeenMs);
        writer.WriteBoolean("connected"u8, device.Connected);
        writer.WriteStartArray("tokens"u8);
        foreach (var token in device.Tokens ?? [])
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, NativeTranscript.RoleText(token.Role));
            writer.WriteNames("scopes"u8, token.Scopes.ToNames());
            writer.WriteNumber("createdAtMs"u8, token.IssuedAtMs);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The ways that the protocol has words for; the others are an owner's doing.</summary>
    private static string Via(string via) => via switch
    {
        "local" or "internal" => "silent",
        "bootstrap" or "setup" => "bootstrap",
        _ => "owner",
    };
}
