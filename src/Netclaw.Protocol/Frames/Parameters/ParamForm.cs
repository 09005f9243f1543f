using System.Collections.Frozen;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// What the protocol's published schema allows as a method's parameters: closed objects, in contrast to Netclaw's own, which take more; <c>connect</c> alone is heard more generously.
/// A method without a row is one that the schema has no parameters of.
/// </summary>
public static class ParamForm
{
    private static readonly JsonElement Nothing = JsonElement.Parse("{}");

    private static readonly FrozenDictionary<string, ParamRule> Methods =
        DeviceForms.All.Concat(NodeForms.All).Concat(ReadingForms.All).Concat(ApprovalForms.All).Concat(SessionForms.All).Concat(TurnForms.All).Concat(CronForms.All)
            .Append(new(ConnectParams.Method, ConnectForm.Heard)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The methods whose parameters have a form of the protocol's.</summary>
    public static IEnumerable<string> Known => Methods.Keys;

    /// <returns>The form in words, such as <c>{deviceId: text 1.., scopes?: list of text 1..}</c>; null: it has none.</returns>
    public static string? Words(string method) => method == ConnectParams.Method ? ConnectForm.Published.ToString() : Methods.TryGetValue(method, out var form) ? form.ToString() : null;

    /// <returns>Where and what, as protocol clients read it; null when there is nothing wrong.</returns>
    public static string? Problem(string method, JsonElement given)
    {
        if (!Methods.TryGetValue(method, out var form))
        {
            return null;
        }

        try
        {
            return form.Problem(given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? Nothing : given)?.ToString();
        }
        catch (InvalidOperationException)
        {
            // Half a symbol by its escape is JSON, and no text: it is found out when it is read.
            return "at root: must be well-formed text";
        }
    }
}
