using System.Collections.Immutable;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Netclaw.Protocol;

/// <summary>One operator scope (gateway-protocol.md section 3).</summary>
[Flags]
public enum Scope : ushort
{
    None = 0,
    Read = 1,
    Write = 2,
    Admin = 4,
    Approvals = 8,
    Questions = 16,
    Pairing = 32,
    Talk = 64,
    TalkSecrets = 128,
}

/// <summary>
/// A set of operator scopes. Text form: the wire names, sorted. Implications (admin ⇒ all, write ⇒ read and talk) are
/// applied by <see cref="Covers(Scope)"/>, never by adding members, so that what was asked for stays visible.
/// </summary>
[JsonConverter(typeof(ScopeSetJsonConverter))]
public readonly record struct ScopeSet(Scope Flags)
{
    private static readonly (Scope Scope, string Name)[] Names =
    [
        (Scope.Admin, "operator.admin"), (Scope.Approvals, "operator.approvals"), (Scope.Pairing, "operator.pairing"),
        (Scope.Questions, "operator.questions"), (Scope.Read, "operator.read"), (Scope.Talk, "operator.talk"),
        (Scope.TalkSecrets, "operator.talk.secrets"), (Scope.Write, "operator.write"),
    ];

    private const Scope Everything = Scope.Read | Scope.Write | Scope.Admin | Scope.Approvals | Scope.Questions | Scope.Pairing | Scope.Talk | Scope.TalkSecrets;

    public static ScopeSet Empty => default;
    public static ScopeSet All => new(Everything);
    public static ScopeSet ReadWrite => new(Scope.Read | Scope.Write);

    /// <summary>What a device paired by its owner gets unless the owner says otherwise: everything but admin and secrets.</summary>
    public static ScopeSet DeviceDefault => new(Scope.Read | Scope.Write | Scope.Approvals | Scope.Pairing);

    public bool IsEmpty => Flags == Scope.None;

    /// <summary>The set with every implied scope written out.</summary>
    public ScopeSet Expanded
    {
        get
        {
            var flags = Flags;
            if ((flags & Scope.Admin) != 0)
            {
                flags |= Everything;
            }

            if ((flags & Scope.Write) != 0)
            {
                flags |= Scope.Read | Scope.Talk;
            }

            return new ScopeSet(flags);
        }
    }

    public bool Covers(Scope needed) => (Expanded.Flags & needed) == needed;

    public bool Covers(ScopeSet needed) => Covers(needed.Flags);

    /// <summary>What of <paramref name="requested"/> this set grants, named as requested (admin stays admin only if held).</summary>
    public ScopeSet Grant(ScopeSet requested) => new(requested.Flags & Expanded.Flags);

    public static ScopeSet operator |(ScopeSet left, ScopeSet right) => new(left.Flags | right.Flags);

    /// <summary>The wire names, sorted.</summary>
    public ImmutableArray<string> ToNames()
    {
        var names = ImmutableArray.CreateBuilder<string>(Count);
        foreach (var (scope, name) in Names)
        {
            if ((Flags & scope) != 0)
            {
                names.Add(name);
            }
        }

        return names.ToImmutable();
    }

    /// <summary>Reads wire names, also without the <c>operator.</c> prefix; names nobody knows are handed back, never guessed.</summary>
    public static ScopeSet Parse(IEnumerable<string> names, out ImmutableArray<string> unknown)
    {
        var flags = Scope.None;
        var strangers = ImmutableArray.CreateBuilder<string>();
        foreach (var name in names)
        {
            var found = Array.Find(Names, entry =>
                entry.Name.Equals(name, StringComparison.Ordinal) || entry.Name.AsSpan("operator.".Length).SequenceEqual(name));
            if (found.Name is null)
            {
                strangers.Add(name);
            }

            flags |= found.Scope;
        }

        unknown = strangers.ToImmutable();
        return new ScopeSet(flags);
    }

    /// <summary>How many scopes are named.</summary>
    public int Count => BitOperations.PopCount((uint)Flags);

    public override string ToString() => string.Join(',', ToNames());
}

/// <summary>Scopes travel as an array of wire names. Unknown names are dropped: a grant can only shrink by that.</summary>
public sealed class ScopeSetJsonConverter : JsonConverter<ScopeSet>
{
    public override ScopeSet Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            throw new JsonException("scopes must be an array of names");
        }

        var names = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            names.Add(reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException("a scope must be a name"));
        }

        return ScopeSet.Parse(names, out _);
    }

    public override void Write(Utf8JsonWriter writer, ScopeSet value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var name in value.ToNames())
        {
            writer.WriteStringValue(name);
        }

        writer.WriteEndArray();
    }
}
