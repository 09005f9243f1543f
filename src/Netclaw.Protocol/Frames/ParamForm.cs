using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// What the protocol's published schema allows as parameters of <c>device.*</c> and of what is read of the gateway: closed objects, in contrast to Netclaw's own, which take more. Other
/// methods' parameters are the same in both, and are read where they are used.
/// </summary>
public static class ParamForm
{
    private const int LongestLabel = 64;
    private const int LongestSetupId = 128;

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
        [SetupCodeParams.Method] =
        [
            new("publicUrl", false, IsText), new("preferRemoteUrl", false, IsBoolean), new("includeQr", false, IsBoolean),
            new("bootstrapProfile", false, value => IsOneOf(value, SetupCodeParams.Limited, SetupCodeParams.Node)),
            new("joinUrl", false, value => value.ValueKind == JsonValueKind.True ? null : "must be equal to constant"),
        ],
        [SetupStatusParams.Method] = [new("setupId", true, value => IsShort(value, LongestSetupId))],
        [ConfigGetResult.Method] = [],
        [LogsTailParams.Method] =
        [
            new("cursor", false, value => IsNumber(value, 0, long.MaxValue)), new("limit", false, value => IsNumber(value, 1, LogsTailParams.MostLines)),
            new("maxBytes", false, value => IsNumber(value, 1, LogsTailParams.MostBytes)),
        ],
        [AgentsListResult.Method] = [],
        [ModelsListParams.Method] =
        [
            new("agentId", false, IsText), new("includeProviderCapabilities", false, IsBoolean), new("preparedOnly", false, IsBoolean), new("refresh", false, IsBoolean),
            new("view", false, value => IsOneOf(value, ModelsListParams.Views)),
        ],
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

    private static string? IsLabel(JsonElement value) => IsShort(value, LongestLabel);

    private static string? IsShort(JsonElement value, int most) =>
        IsText(value) ?? (value.GetString()!.EnumerateRunes().Count() > most ? $"must NOT have more than {most} characters" : null);

    private static string? IsBoolean(JsonElement value) => value.ValueKind is JsonValueKind.True or JsonValueKind.False ? null : "must be boolean";

    private static string? IsOneOf(JsonElement value, params string[] allowed) =>
        value.ValueKind == JsonValueKind.String && allowed.Contains(value.GetString()) ? null : "must be equal to one of the allowed values";

    private static string? IsNumber(JsonElement value, long least, long most) =>
        value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var number) ? "must be integer"
        : number < least ? string.Create(CultureInfo.InvariantCulture, $"must be >= {least}")
        : number > most ? string.Create(CultureInfo.InvariantCulture, $"must be <= {most}")
        : null;

    private static string? AreTexts(JsonElement value) => value.ValueKind != JsonValueKind.Array ? "must be array" : value.EnumerateArray().Select(IsText).FirstOrDefault(problem => problem is not null);

    private static string Short(string name) => name.Length <= LongestLabel ? name : name[..LongestLabel] + "...";

    /// <param name="Problem">Of its value; null when there is nothing wrong with it.</param>
    private sealed record Member(string Name, bool Required, Func<JsonElement, string?> Problem);
}
