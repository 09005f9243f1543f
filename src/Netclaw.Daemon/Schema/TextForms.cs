using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Schema;

internal delegate bool TryParse<T>(string text, out T value);

/// <summary>A text that is taken as it is.</summary>
internal sealed class TextForm : ValueForm<string>
{
    public static TextForm Any { get; } = new();

    public override KeyShape Shape { get; } = new KeyShape.Text();

    public override bool TryRead(JsonElement element, ValuePlace place, out string value)
    {
        value = element.ValueKind == JsonValueKind.String ? element.GetString()! : "";
        return element.ValueKind == JsonValueKind.String || place.WrongShape(element, "This must be a text.", "Put it in double quotes.");
    }

    public override JsonNode? Write(string value) => value is null ? null : JsonValue.Create(value);
}

/// <summary>A text that stands for something: an address, a url.</summary>
/// <param name="format">What it stands for, for people and editors.</param>
internal sealed class ParsedForm<T>(string format, TryParse<T> parse, string wrong, string remedy, Func<T, string>? write = null) : ValueForm<T>
{
    public override KeyShape Shape { get; } = new KeyShape.Text(format);

    public override bool TryRead(JsonElement element, ValuePlace place, out T value)
    {
        value = default!;
        return TextForm.Any.TryRead(element, place, out var text)
            && (parse(text, out value) || place.WrongText(ConfigStage.Meaning, text, wrong, remedy));
    }

    public override JsonNode? Write(T value) => value is null ? null : JsonValue.Create(write is null ? value.ToString() : write(value));
}

/// <summary>One of a closed set, in any case, with or without hyphens.</summary>
internal sealed class ChoiceForm<T>(string wrong, params ImmutableArray<(string Name, T Value)> choices) : ValueForm<T>
{
    public override KeyShape Shape { get; } = new KeyShape.Choice([.. choices.Select(choice => choice.Name)]);

    public override bool TryRead(JsonElement element, ValuePlace place, out T value)
    {
        value = default!;
        if (!TextForm.Any.TryRead(element, place, out var text))
        {
            return false;
        }

        foreach (var (name, meant) in choices)
        {
            if (Plain(name).Equals(Plain(text), StringComparison.OrdinalIgnoreCase))
            {
                value = meant;
                return true;
            }
        }

        return place.WrongText(ConfigStage.Shape, text, wrong, $"Write one of: {string.Join(", ", choices.Select(choice => choice.Name))}.");
    }

    public override JsonNode? Write(T value) => JsonValue.Create(choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Name);

    private static string Plain(string text) => text.Replace("-", "", StringComparison.Ordinal);
}

/// <summary>A secret: a text that is shown neither in problems nor anywhere else.</summary>
internal sealed class SecretForm : ValueForm<Secret?>
{
    public static SecretForm Any { get; } = new();

    public override KeyShape Shape { get; } = new KeyShape.Hidden();

    public override bool TryRead(JsonElement element, ValuePlace place, out Secret? value)
    {
        var isText = TextForm.Any.TryRead(element, place with { ShowsValues = false }, out var text);
        value = isText ? new Secret(text) : null;
        return isText;
    }

    public override JsonNode? Write(Secret? value) => value is null ? null : JsonValue.Create(ValuePlace.Hidden);
}
