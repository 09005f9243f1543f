using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Schema;

/// <summary>A number of a user or group as the kernel knows them.</summary>
internal sealed class IdForm : ValueForm<uint>
{
    public static IdForm Any { get; } = new();

    public override KeyShape Shape { get; } = new KeyShape.Integer(0, uint.MaxValue - 1L);

    public override bool TryRead(JsonElement element, ValuePlace place, out uint value)
    {
        value = 0;
        if (!WholeNumber.TryRead(element, out var number) || number < 0 || number >= uint.MaxValue)
        {
            return place.WrongShape(element, "This is no id of a user.", "Write a whole number, as id -u prints it.");
        }

        value = (uint)number;
        return true;
    }

    public override JsonNode? Write(uint value) => JsonValue.Create(value);
}

/// <summary>A list of user ids, or the word <c>any</c>.</summary>
internal sealed class UidRuleForm : ValueForm<UidRule?>
{
    private const string AnyWord = "any";

    private static readonly ListForm<uint> Listed = new(IdForm.Any);

    public static UidRuleForm Any { get; } = new();

    public override KeyShape Shape { get; } = new KeyShape.Either(Listed.Shape, new KeyShape.Word(AnyWord));

    public override bool TryRead(JsonElement element, ValuePlace place, out UidRule? value)
    {
        value = null;
        switch (element.ValueKind)
        {
            case JsonValueKind.Array:
                var read = Listed.TryRead(element, place, out var users);
                value = UidRule.Of(users);
                return read;
            case JsonValueKind.String when element.GetString() == AnyWord:
                value = UidRule.Anybody;
                return true;
            default:
                return place.WrongShape(element, "This must be a list of user ids, or \"any\".", "Write for example [1000], or \"any\" for every local user.");
        }
    }

    public override JsonNode? Write(UidRule? value) => value switch
    {
        null => null,
        { Any: true } => JsonValue.Create(AnyWord),
        _ => Listed.Write(value.Users),
    };
}

/// <summary>A user or group, by its name or number; numbers are kept as text.</summary>
internal sealed class AccountForm : ValueForm<string>
{
    public static AccountForm Any { get; } = new();

    public override KeyShape Shape { get; } = new KeyShape.Either(new KeyShape.Text(), IdForm.Any.Shape);

    public override bool TryRead(JsonElement element, ValuePlace place, out string value)
    {
        if (element.ValueKind == JsonValueKind.Number)
        {
            var isId = IdForm.Any.TryRead(element, place, out var id);
            value = id.ToString(CultureInfo.InvariantCulture);
            return isId;
        }

        return TextForm.Any.TryRead(element, place, out value);
    }

    public override JsonNode? Write(string value) =>
        uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? JsonValue.Create(id) : JsonValue.Create(value);
}
