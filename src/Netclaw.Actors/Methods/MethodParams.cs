using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Reads what a client sent. Anything but the method's form is a refusal that names the path, never an exception.</summary>
public static class MethodParams
{
    private static readonly JsonElement None = JsonDocument.Parse("{}").RootElement;

    /// <param name="problem">Where and what, for a person; null when well-formed.</param>
    public static bool TryRead<T>(JsonElement given, JsonTypeInfo<T> form, out T value, out string? problem) where T : class
    {
        value = null!;
        var element = given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? None : given;
        if (element.ValueKind != JsonValueKind.Object)
        {
            problem = "at $: the parameters must be one JSON object";
            return false;
        }

        try
        {
            value = element.Deserialize(form)!;
            problem = null;
            return true;
        }
        catch (JsonException e)
        {
            problem = $"at {e.Path ?? "$"}: {Reason(e)}";
            return false;
        }
    }

    /// <summary>The refusal for parameters that are not <paramref name="method"/>'s.</summary>
    public static CallError Error(string method, string problem) =>
        RefusalTable.Error(RefusalCode.InvalidRequest, $"invalid {method} params: {problem}");

    /// <summary>The serializer names CLR types; people get what is missing, what is unknown, or that the value does not fit.</summary>
    private static string Reason(JsonException e)
    {
        const string Missing = "including: ";
        var at = e.Message.IndexOf(Missing, StringComparison.Ordinal);
        if (at >= 0)
        {
            return "missing " + e.Message[(at + Missing.Length)..].Split(". Path")[0].TrimEnd('.').Replace('\'', '"');
        }

        if (e.Message.Contains("could not be mapped", StringComparison.Ordinal) && e.Message.Split('\'') is [_, var stranger, ..])
        {
            return $"there is no member \"{Trust.Shown.Line(stranger)}\"";
        }

        return e.InnerException is null && e.Message.StartsWith("not a well-formed", StringComparison.Ordinal)
            ? e.Message.Split(" Path")[0].TrimEnd('.')
            : "the value is not of the expected form";
    }
}
