using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>A device's tokens as stored: an array of objects, left out when there are none. Unknown fields are skipped, missing ones refused.</summary>
internal static class DeviceTokenJson
{
    public static ImmutableArray<DeviceToken> Read(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a device's tokens must be an array");
        }

        var tokens = ImmutableArray.CreateBuilder<DeviceToken>();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            tokens.Add(One(ref reader));
        }

        return reader.TokenType == JsonTokenType.EndArray ? tokens.ToImmutable() : throw new JsonException("a device's token must be an object");
    }

    public static void Write(Utf8JsonWriter writer, ImmutableArray<DeviceToken> tokens)
    {
        writer.WriteStartArray();
        foreach (var token in tokens)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, NativeTranscript.RoleText(token.Role));
            writer.WriteString("sha256"u8, token.Sha256);
            writer.WritePropertyName("scopes"u8);
            StoredScopes.Write(writer, token.Scopes);
            writer.WriteString("issuedAt"u8, token.IssuedAt);
            if (token.Salt is { } salt)
            {
                writer.WriteString("salt"u8, salt);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static DeviceToken One(ref Utf8JsonReader reader)
    {
        Role? role = null;
        string? hash = null;
        ScopeSet? scopes = null;
        DateTimeOffset? issuedAt = null;
        string? salt = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("role"u8)) { reader.Read(); role = RoleOf(ref reader); }
            else if (reader.ValueTextEquals("sha256"u8)) { reader.Read(); hash = reader.GetString(); }
            else if (reader.ValueTextEquals("scopes"u8)) { scopes = StoredScopes.Read(ref reader); }
            else if (reader.ValueTextEquals("issuedAt"u8)) { reader.Read(); issuedAt = reader.GetDateTimeOffset(); }
            else if (reader.ValueTextEquals("salt"u8)) { reader.Read(); salt = reader.GetString(); }
            else { reader.Read(); reader.Skip(); }
        }

        return role is { } r && hash is { Length: > 0 } h && scopes is { } s && issuedAt is { } at
            ? new DeviceToken(r, h, s, at, salt)
            : throw new JsonException("a device's token lacks one of role, sha256, scopes, issuedAt");
    }

    private static Role RoleOf(ref Utf8JsonReader reader) => reader.GetString() switch
    {
        "operator" => Role.Operator,
        "node" => Role.Node,
        var other => throw new JsonException($"no such role: {other}"),
    };
}
