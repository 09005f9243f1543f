using System.Buffers;
using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>
/// A device's stored form, read and written by hand: 100,000 of them stand between the daemon's start and its readiness. The id is
/// taken as written, not worked out again from the key: the record's sum vouches for both. Unknown fields are skipped, missing ones refused.
/// </summary>
internal sealed class DeviceJsonConverter : JsonConverter<Device>
{
    private static readonly ImmutableArray<Role> OperatorOnly = [Role.Operator];

    [ThreadStatic]
    private static string? _lastPlatform;

    [ThreadStatic]
    private static string? _lastBy;

    private static ReadOnlySpan<byte> OperatorText => "operator"u8;
    private static ReadOnlySpan<byte> NodeText => "node"u8;

    public override Device Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("a device must be an object");
        }

        DeviceId? id = null;
        string? name = null, platform = null, by = null;
        PublicKey? key = null;
        DeviceKind? kind = null;
        ImmutableArray<Role>? roles = null;
        ScopeSet? scopes = null;
        PairedVia? via = null;
        DateTimeOffset? pairedAt = null, revokedAt = null, suspendedAt = null, seenAt = null;
        ImmutableArray<DeviceToken> tokens = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8)) { id = Id(ref reader); }
            else if (reader.ValueTextEquals("key"u8)) { key = Key(ref reader); }
            else if (reader.ValueTextEquals("name"u8)) { name = Text(ref reader); }
            else if (reader.ValueTextEquals("platform"u8)) { platform = Repeated(ref reader, ref _lastPlatform); }
            else if (reader.ValueTextEquals("kind"u8)) { kind = Kind(ref reader); }
            else if (reader.ValueTextEquals("roles"u8)) { roles = Roles(ref reader); }
            else if (reader.ValueTextEquals("scopes"u8)) { scopes = StoredScopes.Read(ref reader); }
            else if (reader.ValueTextEquals("via"u8)) { via = Via(ref reader); }
            else if (reader.ValueTextEquals("pairedBy"u8)) { by = Repeated(ref reader, ref _lastBy); }
            else if (reader.ValueTextEquals("pairedAt"u8)) { pairedAt = Time(ref reader); }
            else if (reader.ValueTextEquals("revokedAt"u8)) { revokedAt = Time(ref reader); }
            else if (reader.ValueTextEquals("suspendedAt"u8)) { suspendedAt = Time(ref reader); }
            else if (reader.ValueTextEquals("seenAt"u8)) { seenAt = Time(ref reader); }
            else if (reader.ValueTextEquals("tokens"u8)) { tokens = DeviceTokenJson.Read(ref reader); }
            else { reader.Read(); reader.Skip(); }
        }

        if (id is null || key is null || name is null || kind is null || roles is null || scopes is null || via is null || by is null || pairedAt is null)
        {
            throw new JsonException("a device lacks one of id, key, name, kind, roles, scopes, via, pairedBy, pairedAt");
        }

        return new Device
        {
            Id = id.Value, Key = key, Name = name, Platform = platform, Kind = kind.Value, Roles = roles.Value, Scopes = scopes.Value,
            Via = via.Value, PairedBy = by, PairedAt = pairedAt.Value, RevokedAt = revokedAt, SuspendedAt = suspendedAt, SeenAt = seenAt, Tokens = tokens,
        };
    }

    public override void Write(Utf8JsonWriter writer, Device value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, value.Id.ToString());
        writer.WriteString("key"u8, value.Key.ToString());
        writer.WriteString("name"u8, value.Name);
        if (value.Platform is not null)
        {
            writer.WriteString("platform"u8, value.Platform);
        }

        writer.WriteString("kind"u8, value.Kind == DeviceKind.Host ? "host"u8 : "paired"u8);
        writer.WriteStartArray("roles"u8);
        foreach (var role in value.Roles)
        {
            writer.WriteStringValue(role == Role.Node ? NodeText : OperatorText);
        }

        writer.WriteEndArray();
        writer.WritePropertyName("scopes"u8);
        StoredScopes.Write(writer, value.Scopes);
        writer.WriteString("via"u8, ViaText(value.Via));
        writer.WriteString("pairedBy"u8, value.PairedBy);
        writer.WriteString("pairedAt"u8, value.PairedAt);
        if (value.RevokedAt is { } revokedAt)
        {
            writer.WriteString("revokedAt"u8, revokedAt);
        }

        if (value.SuspendedAt is { } suspendedAt)
        {
            writer.WriteString("suspendedAt"u8, suspendedAt);
        }

        if (value.SeenAt is { } seenAt)
        {
            writer.WriteString("seenAt"u8, seenAt);
        }

        if (!value.Tokens.IsEmpty)
        {
            writer.WritePropertyName("tokens"u8);
            DeviceTokenJson.Write(writer, value.Tokens);
        }

        writer.WriteEndObject();
    }

    private static string Text(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("a device's field must be text");

    /// <summary>Neighbours mostly say the same: one string for all of them.</summary>
    private static string Repeated(ref Utf8JsonReader reader, ref string? last)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.String)
        {
            throw new JsonException("a device's field must be text");
        }

        return last is not null && reader.ValueTextEquals(last) ? last : last = reader.GetString()!;
    }

    private static DeviceId Id(ref Utf8JsonReader reader) =>
        DeviceId.TryParse(Text(ref reader), out var id) ? id : throw new JsonException("not a well-formed device id");

    private static PublicKey Key(ref Utf8JsonReader reader)
    {
        // Netclaw's own keys straight from the bytes, without a text in between; any other form by the front door.
        if (reader.Read() && reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && !reader.HasValueSequence
            && reader.ValueSpan.StartsWith("p256:"u8))
        {
            Span<byte> raw = stackalloc byte[96];
            return Base64Url.DecodeFromUtf8(reader.ValueSpan["p256:".Length..], raw, out _, out var length) == OperationStatus.Done
                && PublicKey.TryCreate(KeyAlgorithm.P256, raw[..length], out var own)
                    ? own
                    : throw new JsonException("not a well-formed public key");
        }

        return reader.TokenType == JsonTokenType.String && PublicKey.TryParse(reader.GetString(), out var key)
            ? key
            : throw new JsonException("not a well-formed public key");
    }

    private static DateTimeOffset Time(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : throw new JsonException("a device's time is malformed");

    private static DeviceKind Kind(ref Utf8JsonReader reader) => Text(ref reader) switch
    {
        "host" => DeviceKind.Host,
        "paired" => DeviceKind.Paired,
        var other => throw new JsonException($"no such kind of device: {other}"),
    };

    private static PairedVia Via(ref Utf8JsonReader reader) => Text(ref reader) switch
    {
        "bootstrap" => PairedVia.Bootstrap,
        "code" => PairedVia.Code,
        "owner" => PairedVia.Owner,
        "local" => PairedVia.Local,
        "internal" => PairedVia.Internal,
        "import" => PairedVia.Import,
        "setup" => PairedVia.Setup,
        var other => throw new JsonException($"no such way of pairing: {other}"),
    };

    private static ReadOnlySpan<byte> ViaText(PairedVia via) => via switch
    {
        PairedVia.Bootstrap => "bootstrap"u8,
        PairedVia.Code => "code"u8,
        PairedVia.Owner => "owner"u8,
        PairedVia.Local => "local"u8,
        PairedVia.Internal => "internal"u8,
        PairedVia.Import => "import"u8,
        PairedVia.Setup => "setup"u8,
        _ => throw new ArgumentOutOfRangeException(nameof(via), via, "no such way of pairing"),
    };

    private static ImmutableArray<Role> Roles(ref Utf8JsonReader reader)
    {
        var (isOperator, isNode) = (false, false);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("a device's roles must be an array");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.String)
        {
            isOperator |= reader.ValueTextEquals(OperatorText);
            isNode |= reader.ValueTextEquals(NodeText);
        }

        return (isOperator, isNode) switch
        {
            (true, false) => OperatorOnly,
            (true, true) => [Role.Operator, Role.Node],
            (false, true) => [Role.Node],
            _ => [],
        };
    }
}
