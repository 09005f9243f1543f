using System.Text.Json;

namespace Netclaw.Cli.Nodes.Commands;

/// <summary>
/// A caller's parameters, read strictly where they are known and not at all where they are not: callers add members of their own.
/// A member that is null was left out. Every method throws <see cref="Refused"/> as INVALID_REQUEST.
/// </summary>
internal readonly struct Parameters(string command, JsonElement value)
{
    private readonly JsonElement _value = value.ValueKind is JsonValueKind.Object or JsonValueKind.Undefined
        ? value
        : throw Refused.Invalid($"{command}: the parameters are not an object.");

    /// <summary>Null: left out.</summary>
    public string? Text(string name) => Member(name) is { } member ? TextOf(member, name) : null;

    /// <summary>Null: left out.</summary>
    public IReadOnlyList<string>? Texts(string name, int most)
    {
        if (Member(name) is not { } member)
        {
            return null;
        }

        if (member.ValueKind != JsonValueKind.Array)
        {
            throw Wrong(name, "is not a list of texts");
        }

        if (member.GetArrayLength() > most)
        {
            throw Wrong(name, $"has {member.GetArrayLength()} entries, and {most} is the most");
        }

        var texts = new List<string>(member.GetArrayLength());
        foreach (var entry in member.EnumerateArray())
        {
            texts.Add(TextOf(entry, name));
        }

        return texts;
    }

    /// <summary>Name by name, in the caller's order; empty when left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Pairs(string name, int most)
    {
        if (Member(name) is not { } member)
        {
            return [];
        }

        if (member.ValueKind != JsonValueKind.Object)
        {
            throw Wrong(name, "is not an object of texts");
        }

        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var property in member.EnumerateObject())
        {
            if (pairs.Count == most)
            {
                throw Wrong(name, $"has more than {most} members");
            }

            pairs.Add(new(NameOf(property, name), TextOf(property.Value, name)));
        }

        return pairs;
    }

    /// <summary>Null: left out.</summary>
    public long? Whole(string name) => Member(name) is not { } member ? null
        : member.ValueKind == JsonValueKind.Number && member.TryGetInt64(out var number) && number >= 0 ? number
        : throw Wrong(name, "is not a whole number of 0 or more");

    public bool Flag(string name) => Member(name) is { } member
        && (member.ValueKind is JsonValueKind.True or JsonValueKind.False ? member.GetBoolean() : throw Wrong(name, "is neither true nor false"));

    public Refused Wrong(string name, string what) => Refused.Invalid($"{command}: \"{name}\" {what}.");

    private JsonElement? Member(string name) =>
        _value.ValueKind == JsonValueKind.Object && _value.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;

    private string TextOf(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.String)
        {
            throw Wrong(name, "holds something that is not a text");
        }

        try
        {
            return NoZero(element.GetString()!, name);
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "holds half a character");
        }
    }

    private string NameOf(JsonProperty property, string name)
    {
        try
        {
            return NoZero(property.Name, name);
        }
        catch (InvalidOperationException)
        {
            throw Wrong(name, "holds half a character");
        }
    }

    /// <summary>The kernel ends every text at its first zero byte: what was checked would not be what is used.</summary>
    private string NoZero(string text, string name) => text.Contains('\0') ? throw Wrong(name, "holds a zero byte") : text;
}
