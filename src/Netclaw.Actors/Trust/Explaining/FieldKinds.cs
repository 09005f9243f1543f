using System.Collections.Immutable;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Explaining;

/// <summary>The kinds of properties, each with its reader and its shape.</summary>
internal static class FieldKinds
{
    private const int LongestText = 1024;

    private static readonly ImmutableArray<(byte[] Name, ScopeSet Scope)> Scopes =
        [.. ScopeSet.All.ToNames().SelectMany(name => new[] { name, name["operator.".Length..] }).Select(name => (Encoding.UTF8.GetBytes(name), ScopeSet.Parse([name], out _)))];

    public static Field Text(string name, string description, Action<QuestionDraft, string> set) => new(name, description, new JsonObject { ["type"] = "string", ["maxLength"] = LongestText },
        (ref reader, draft) => set(draft, String(ref reader)));

    public static Field Flag(string name, string description, Action<QuestionDraft, bool> set) => new(name, description, new JsonObject { ["type"] = "boolean" },
        (ref reader, draft) => set(draft, reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Wrong.Kind(ref reader, "true or false")));

    public static Field FlagOrUnknown(string name, string description, Action<QuestionDraft, bool?> set) => new(name, description, new JsonObject { ["type"] = new JsonArray("boolean", "null") },
        (ref reader, draft) => set(draft, reader.TokenType == JsonTokenType.Null ? null : reader.TokenType is JsonTokenType.True or JsonTokenType.False ? reader.GetBoolean() : throw Wrong.Kind(ref reader, "true, false or null")));

    public static Field User(string name, string description, Action<QuestionDraft, uint> set) => new(name, description, Id(), (ref reader, draft) => set(draft, Number(ref reader)));

    public static Field UserOrUnknown(string name, string description, Action<QuestionDraft, uint?> set)
    {
        var shape = Id();
        shape["type"] = new JsonArray("integer", "null");
        return new Field(name, description, shape, (ref reader, draft) => set(draft, reader.TokenType == JsonTokenType.Null ? null : Number(ref reader)));
    }

    public static Field Users(string name, string description, Action<QuestionDraft, ImmutableArray<uint>> set) =>
        new(name, description, new JsonObject { ["type"] = "array", ["items"] = Id() }, (ref reader, draft) => set(draft, List(ref reader, Number)));

    public static Field Milliseconds(string name, string description, Action<QuestionDraft, TimeSpan> set) =>
        new(name, description, Id(), (ref reader, draft) => set(draft, TimeSpan.FromMilliseconds(Number(ref reader))));

    public static Field Choice<T>(string name, string description, Action<QuestionDraft, T> set, params ImmutableArray<(string Name, T Value)> choices)
    {
        var read = OneOf(choices);
        return new Field(name, description, Enumeration(choices.Select(choice => choice.Name)), (ref reader, draft) => set(draft, read(ref reader)));
    }

    public static Field Choices<T>(string name, string description, Action<QuestionDraft, ImmutableArray<T>> set, params ImmutableArray<(string Name, T Value)> choices)
    {
        var read = OneOf(choices);
        return new Field(name, description, new JsonObject { ["type"] = "array", ["items"] = Enumeration(choices.Select(choice => choice.Name)) }, (ref reader, draft) => set(draft, List(ref reader, read)));
    }

    public static Field ScopeNames(string name, string description, Action<QuestionDraft, ScopeSet> set) =>
        new(name, description, new JsonObject { ["type"] = "array", ["items"] = Enumeration(Scopes.Select(scope => Encoding.UTF8.GetString(scope.Name))) }, (ref reader, draft) =>
        {
            var scopes = ScopeSet.Empty;
            Each(ref reader, (ref item) => scopes |= Scope(ref item));
            set(draft, scopes);
        });

    public static Field EndPoint(string name, string description, Action<QuestionDraft, IPEndPoint> set) => new(name, description, new JsonObject { ["type"] = "string", ["maxLength"] = LongestText },
        (ref reader, draft) => set(draft, String(ref reader) is var text && TryEndPoint(text, out var endpoint) ? endpoint : throw Wrong.Text(text, "an address, with or without a port")));

    public static Field AddressesOrUnknown(string name, string description, Action<QuestionDraft, ImmutableArray<IPAddress>?> set) =>
        new(name, description, new JsonObject { ["type"] = new JsonArray("array", "null"), ["items"] = new JsonObject { ["type"] = "string" } },
            (ref reader, draft) => set(draft, reader.TokenType == JsonTokenType.Null ? null : List(ref reader, Address)));

    public static Field Object(string name, string description, FieldGroup group, Action<QuestionDraft>? found = null) => new(name, description, group.Shape(), (ref reader, draft) =>
    {
        group.Read(ref reader, draft);
        found?.Invoke(draft);
    });

    internal static string String(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            throw Wrong.Kind(ref reader, "a text");
        }

        return reader.GetString() is { Length: <= LongestText } text ? text : throw new UnreadableQuestion("", $"must have at most {LongestText} characters");
    }

    internal delegate T ReadItem<out T>(ref Utf8JsonReader reader);

    internal delegate void TakeItem(ref Utf8JsonReader reader);

    internal static void Each(ref Utf8JsonReader reader, TakeItem take)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw Wrong.Kind(ref reader, "an array");
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            take(ref reader);
        }
    }

    private static ImmutableArray<T> List<T>(ref Utf8JsonReader reader, ReadItem<T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        Each(ref reader, (ref item) => items.Add(read(ref item)));
        return items.ToImmutable();
    }

    private static ReadItem<T> OneOf<T>(ImmutableArray<(string Name, T Value)> choices)
    {
        var known = choices.Select(choice => (Name: Encoding.UTF8.GetBytes(choice.Name), choice.Value)).ToArray();
        var names = string.Join(", ", choices.Select(choice => choice.Name));
        return (ref reader) =>
        {
            if (reader.TokenType != JsonTokenType.String)
            {
                throw Wrong.Kind(ref reader, $"one of {names}");
            }

            foreach (var (name, value) in known)
            {
                if (reader.ValueTextEquals(name))
                {
                    return value;
                }
            }

            throw Wrong.Text(reader.GetString()!, $"one of {names}");
        };
    }

    private static ScopeSet Scope(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            foreach (var (name, scope) in Scopes)
            {
                if (reader.ValueTextEquals(name))
                {
                    return scope;
                }
            }
        }

        throw reader.TokenType == JsonTokenType.String ? Wrong.Text(reader.GetString()!, "a scope") : Wrong.Kind(ref reader, "a scope");
    }

    private static uint Number(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.Number && reader.TryGetUInt32(out var number) ? number : throw Wrong.Kind(ref reader, "a whole number from 0 to 4294967295");

    private static IPAddress Address(ref Utf8JsonReader reader) => String(ref reader) is var text && IPAddress.TryParse(text, out var address) ? address : throw Wrong.Text(text, "an address");

    /// <summary>As sockets print them, or an address alone; a bare IPv6 address has no port.</summary>
    private static bool TryEndPoint(string text, out IPEndPoint endpoint)
    {
        endpoint = IPAddress.TryParse(text, out var address) ? new IPEndPoint(address, 0) : null!;
        return endpoint is not null || IPEndPoint.TryParse(text, out endpoint!);
    }

    private static JsonObject Id() => new() { ["type"] = "integer", ["minimum"] = 0, ["maximum"] = uint.MaxValue };

    private static JsonObject Enumeration(IEnumerable<string> names) => new() { ["type"] = "string", ["enum"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]) };
}
