using System.Text.Json;
using System.Text.Json.Nodes;

namespace Netclaw.Daemon.Schema;

/// <summary>What a whole number may be.</summary>
/// <param name="Unit">Of the number, or what else is worth knowing, as a remedy ends: "seconds".</param>
public sealed record IntegerRange(int Least, int Most, string Unit)
{
    public bool Contains(int value) => value >= Least && value <= Most;

    public string Remedy => $"Write {Least} to {Most} {Unit}.";
}

/// <summary>A whole number within a range.</summary>
internal sealed class IntegerForm(IntegerRange range) : ValueForm<int>
{
    public const string OutOfRange = "This is out of range.";

    public override KeyShape Shape { get; } = new KeyShape.Integer(range.Least, range.Most);

    public override bool TryRead(JsonElement element, ValuePlace place, out int value)
    {
        value = 0;
        if (!WholeNumber.TryRead(element, out var number))
        {
            return place.WrongShape(element, "This must be a whole number.", "Write it without quotes, dots or exponents.");
        }

        if (number < range.Least || number > range.Most)
        {
            return place.WrongShape(element, OutOfRange, range.Remedy);
        }

        value = (int)number;
        return true;
    }

    public override JsonNode? Write(int value) => JsonValue.Create(value);
}

internal sealed class FlagForm : ValueForm<bool>
{
    public static FlagForm Any { get; } = new();

    public override KeyShape Shape { get; } = new KeyShape.Flag();

    public override bool TryRead(JsonElement element, ValuePlace place, out bool value)
    {
        value = element.ValueKind == JsonValueKind.True;
        return element.ValueKind is JsonValueKind.True or JsonValueKind.False
            || place.WrongShape(element, "This must be true or false.", "Write true or false, without quotes.");
    }

    public override JsonNode? Write(bool value) => JsonValue.Create(value);
}

/// <summary>Whole as JSON Schema means it: 5.0 and 5e0 are.</summary>
internal static class WholeNumber
{
    public static bool TryRead(JsonElement element, out decimal number)
    {
        number = 0;
        if (element.ValueKind != JsonValueKind.Number)
        {
            return false;
        }

        // What no decimal holds is beyond every range here; whether it is whole no longer matters.
        if (!element.TryGetDecimal(out number))
        {
            number = element.GetRawText().StartsWith('-') ? decimal.MinValue : decimal.MaxValue;
        }

        return decimal.Truncate(number) == number;
    }
}
