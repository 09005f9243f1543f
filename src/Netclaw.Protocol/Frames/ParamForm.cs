using System.Collections.Frozen;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// What the protocol's published schema allows as parameters of <c>device.*</c>: closed objects, in contrast to Netclaw's own, which take more. Other methods' parameters are the
/// same in both, and are read where they are used.
/// </summary>
public static class ParamForm
{
    private const int LongestLabel = 64;

    private static readonly Member Device = new("deviceId", true, IsText);
    private static readonly Member Request = new("requestId", true, IsText);
    private static readonly Member Role = new("role", true, IsText);

    private static readonly FrozenDictionary<string, Member[]> Methods = new Dictionary<string, Member[]>(StringComparer.Ordinal)
    {
        [PairListResult.Method] = [],
        [PairApproveParams.Method] = [Request],
        [PairRejectParams.Method] = [Request],
        [PairRemoveParams.Method] = [Device],
        [PairRenameParams.Method] = [Device, new Member("label", true, IsLabel)],
        [TokenRotateParams.Method] = [Device, Role, new Member("scopes", false, AreTexts)],
        [TokenRevokeParams.Method] = [Device, Role],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <returns>Where and what, as protocol clients read it; null when there is nothing wrong.</returns>
    public static string? Problem(string method, JsonElement given)
    {
        if (!Methods.TryGetValue(method, out var members))
        {
            return null;
        }

        if (given.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return Lacking(members, []);
        }

        if (given.ValueKind != JsonValueKind.Object)
        {
            return "at root: must be object";
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var there in given.EnumerateObject())
        {
            if (Array.Find(members, member => there.NameEquals(member.Name)) is not { } known)
            {
                return $"at root: unexpected property '{Short(there.Name)}'";
            }

            if (known.Problem(there.Value) is { } problem)
            {
                return $"at /{known.Name}: {problem}";
            }

            seen.Add(known.Name);
        }

        return Lacking(members, seen);
    }

    private static string? Lacking(Member[] members, HashSet<string> seen) =>
        Array.Find(members, member => member.Required && !seen.Contains(member.Name)) is { } lacking ? $"at root: must have required property '{lacking.Name}'" : null;

    private static string? IsText(JsonElement value) => value.ValueKind != JsonValueKind.String ? "must be string" : value.ValueEquals("") ? "must NOT have fewer than 1 characters" : null;

    private static string? IsLabel(JsonElement value) =>
        IsText(value) ?? (value.GetString()!.EnumerateRunes().Count() > LongestLabel ? $"must NOT have more than {LongestLabel} characters" : null);

    private static string? AreTexts(JsonElement value) => value.ValueKind != JsonValueKind.Array ? "must be array" : value.EnumerateArray().Select(IsText).FirstOrDefault(problem => problem is not null);

    private static string Short(string name) => name.Length <= LongestLabel ? name : name[..LongestLabel] + "...";

    /// <param name="Problem">Of its value; null when there is nothing wrong with it.</param>
    private sealed record Member(string Name, bool Required, Func<JsonElement, string?> Problem);
}
