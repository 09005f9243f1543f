using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>A device's tokens in its stored form. Unknown fields are skipped, missing ones refused.</summary>
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

        return tokens.DrainToImmutable();
    }

    public static void Write(Utf8JsonWriter writer, ImmutableArray<DeviceToken> tokens)
    {
        writer.WriteStartArray("tokens"u8);
        foreach (var token in tokens)
        {
            writer.WriteStartObject();
            writer.WriteString("role"u8, token.Role == Role.Node ? "node"u8 : "operator"u8);
            writer.WriteString("sha256"u8, token.Sha256);
            writer.WritePropertyName("scopes"u8);
            StoredScopes.Write(writer, token.Scopes);
            writer.WriteString("issuedAt"u8, token.IssuedAt);
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
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("role"u8)) { role = RoleOf(Text(ref reader)); }
            else if (reader.ValueTextEquals("sha256"u8)) { hash = Text(ref reader); }
            else if (reader.ValueTextEquals("scopes"u8)) { scopes = StoredScopes.Read(ref reader); }
            else if (reader.ValueTextEquals("issuedAt"u8)) { issuedAt = reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : null; }
            else { reader.Read(); reader.Skip(); }
        }

        return role is { } known && hash is not null && scopes is { } granted && issuedAt is { } at
            ? new DeviceToken(known, hash, granted, at)
            : throw new JsonException("a device's token lacks one of role, sha256, scopes, issuedAt");
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("a token's field must be text");

    private static Role RoleOf(string text) => text switch
    {
        "node" => Role.Node,
        "operator" => Role.Operator,
        _ => throw new JsonException($"no such role: {text}"),
    };
}
