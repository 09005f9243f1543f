using System.Collections.Immutable;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>What a protocol client is told about the gateway when it is let in, besides who it is.</summary>
/// <param name="Presence">An array of presence rows; empty for whoever may not read them.</param>
public sealed record GatewaySnapshot(JsonElement Presence, JsonElement Health, StateVersion Version, long UptimeMs);

/// <summary><c>hello-ok</c> as protocol clients read it (gateway-protocol.md 2.6): a closed object, so what only Netclaw's own clients know is left out.</summary>
public static class HelloForm
{
    public static JsonElement Of(HelloOk hello, GatewaySnapshot snapshot) => GatewayJson.Write(writer =>
    {
        writer.WriteString("type"u8, HelloOk.TypeName);
        writer.WriteNumber("protocol"u8, hello.Protocol);
        writer.WriteStartObject("server"u8);
        writer.WriteString("version"u8, hello.Server.Version);
        writer.WriteString("connId"u8, hello.Server.ConnId.ToString());
        writer.WriteEndObject();
        writer.WriteStartObject("features"u8);
        writer.WriteNames("methods"u8, hello.Features.Methods);
        writer.WriteNames("events"u8, hello.Features.Events.Where(CallForms.IsHeard));
        writer.WriteEndObject();
        writer.WritePropertyName("snapshot"u8);
        Snapshot(writer, snapshot);
        writer.WritePropertyName("auth"u8);
        Auth(writer, hello);
        writer.WriteStartObject("policy"u8);
        writer.WriteNumber("maxPayload"u8, hello.Policy.MaxPayload);
        writer.WriteNumber("maxBufferedBytes"u8, hello.Policy.MaxBufferedBytes);
        writer.WriteNumber("tickIntervalMs"u8, hello.Policy.TickIntervalMs);
        writer.WriteEndObject();
    });

    private static void Snapshot(Utf8JsonWriter writer, GatewaySnapshot snapshot)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("presence"u8);
        snapshot.Presence.WriteTo(writer);
        writer.WritePropertyName("health"u8);
        snapshot.Health.WriteTo(writer);
        writer.WriteVersion(snapshot.Version);
        writer.WriteNumber("uptimeMs"u8, snapshot.UptimeMs);
        writer.WriteEndObject();
    }

    private static void Auth(Utf8JsonWriter writer, HelloOk hello)
    {
        writer.WriteStartObject();
        writer.WriteString("role"u8, NativeTranscript.RoleText(hello.Auth.Role));
        writer.WriteNames("scopes"u8, hello.Auth.Scopes.ToNames());
        if (hello.DeviceToken is { } issued)
        {
            writer.WriteString("deviceToken"u8, issued.Token.Reveal());
            writer.WriteNumber("issuedAtMs"u8, issued.IssuedAtMs);
        }

        if (hello.DeviceTokens is { IsDefaultOrEmpty: false } handed)
        {
            Handed(writer, handed);
        }

        writer.WriteEndObject();
    }

    private static void Handed(Utf8JsonWriter writer, ImmutableArray<HandedToken> tokens)
    {
        writer.WriteStartArray("deviceTokens"u8);
        foreach (var token in tokens)
        {
            writer.WriteStartObject();
            writer.WriteString("deviceToken"u8, token.Token.Reveal());
            writer.WriteString("role"u8, NativeTranscript.RoleText(token.Role));
            writer.WriteNames("scopes"u8, token.Scopes.ToNames());
            writer.WriteNumber("issuedAtMs"u8, token.IssuedAtMs);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
