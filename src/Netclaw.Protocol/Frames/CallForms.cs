using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// Where a method's parameters or result, or an event's payload, have another shape in the protocol than in Netclaw's own messages: one row each. What has no row is the same in both.
/// </summary>
public static class CallForms
{
    private static readonly ProtocolJson Json = ProtocolJson.Default;

    private static readonly FrozenDictionary<string, Func<JsonElement, JsonElement>> Results = new Dictionary<string, Func<JsonElement, JsonElement>>(StringComparer.Ordinal)
    {
        [PairListResult.Method] = Form(Json.PairListResult, DeviceForm.List),
        [PairApproveParams.Method] = Form(Json.PairApproveResult, DeviceForm.Approved),
        [PairRejectParams.Method] = Form(Json.PairRejectResult, DeviceForm.Rejected),
        [PairRemoveParams.Method] = Form(Json.PairRemoveResult, removed => DeviceForm.Named(removed.DeviceId)),
        [PairRenameParams.Method] = Form(Json.PairRenameResult, renamed => DeviceForm.Named(renamed.DeviceId, writer => writer.WriteString("label"u8, renamed.Label))),
        [TokenRotateParams.Method] = Form(Json.TokenRotateResult, Rotated),
        [TokenRevokeParams.Method] = Form(Json.TokenRevokeResult, Revoked),
        [SetupStatusParams.Method] = status => status.TryGetProperty("completion", out var completion)
            ? GatewayJson.Write(writer => Completed(writer, WithBareDevice(completion)))
            : status,
        [HealthResult.Method] = Form(Json.HealthResult, HealthForm.Of),
        [StatusResult.Method] = Form(Json.StatusResult, StatusForm.Of),
        [CronJobSpec.Method] = CronForm.Job,
        [CronUpdateParams.Method] = CronForm.Job,
        [CronJobParams.GetMethod] = CronForm.Job,
        [CronListParams.Method] = CronForm.Jobs,
        [GatewayIdentityResult.Method] = Form(Json.GatewayIdentityResult, identity => DeviceForm.Named(
            identity.PublicKey.DeviceId, writer => writer.WriteString("publicKey"u8, Base64UrlText.Encode(identity.PublicKey.Raw)))),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, Func<JsonElement, JsonElement>> Events = new Dictionary<string, Func<JsonElement, JsonElement>>(StringComparer.Ordinal)
    {
        ["device.pair.requested"] = Form(Json.PendingPairing, DeviceForm.Requested),
        ["device.pair.resolved"] = WithBareDevice,
        ["device.pair.changed"] = WithBareDevice,
        [SetupCompletion.EventName] = WithBareDevice,
        [HealthResult.EventName] = Form(Json.HealthResult, HealthForm.Of),
        [CronJobEvent.EventName] = CronForm.Event,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What Netclaw's own clients hear and the protocol has no word for.</summary>
    private static readonly FrozenSet<string> Unspoken = FrozenSet.ToFrozenSet([HelloOk.WelcomeEvent, Closing.EventName], StringComparer.Ordinal);

    /// <summary>The protocol's parameters as the handlers take them: device ids get their prefix. What is malformed goes on as it is, and is refused by name there.</summary>
    public static JsonElement Parameters(JsonElement given) => given.ValueKind == JsonValueKind.Object && given.TryGetProperty("deviceId", out var device)
        && device.ValueKind == JsonValueKind.String && DeviceId.TryParseHex(device.GetString(), out var id)
        ? With(given, "deviceId", id.ToString())
        : given;

    /// <param name="payload">Netclaw's own.</param>
    public static JsonElement? Result(string method, JsonElement? payload) => payload is { } own && Results.TryGetValue(method, out var form) ? form(own) : payload;

    /// <summary>Whether protocol clients know the event.</summary>
    public static bool IsHeard(string name) => !Unspoken.Contains(name);

    /// <returns>Null for events that protocol clients do not know.</returns>
    public static JsonElement? Event(string name, JsonElement payload) => !IsHeard(name) ? null : Events.TryGetValue(name, out var form) ? form(payload) : payload;

    private static Func<JsonElement, JsonElement> Form<T>(JsonTypeInfo<T> own, Func<T, JsonElement> form) where T : class => payload => form(payload.Deserialize(own)!);

    private static JsonElement Rotated(TokenRotateResult rotated) => DeviceForm.Named(rotated.DeviceId, writer =>
    {
        writer.WriteString("role"u8, NativeTranscript.RoleText(rotated.Role));
        writer.WriteNames("scopes"u8, rotated.Scopes.ToNames());
        writer.WriteNumber("rotatedAtMs"u8, rotated.RotatedAtMs);
        writer.WriteString("tokenDelivery"u8, rotated.TokenDelivery);
        writer.WriteText("token"u8, rotated.Token?.Reveal());
    });

    private static JsonElement Revoked(TokenRevokeResult revoked) => DeviceForm.Named(revoked.DeviceId, writer =>
    {
        writer.WriteString("role"u8, NativeTranscript.RoleText(revoked.Role));
        writer.WriteNumber("revokedAtMs"u8, revoked.RevokedAtMs);
    });

    private static void Completed(Utf8JsonWriter writer, JsonElement completion)
    {
        writer.WritePropertyName("completion"u8);
        completion.WriteTo(writer);
    }

    private static JsonElement WithBareDevice(JsonElement payload) =>
        payload.TryGetProperty("deviceId", out var device) && DeviceId.TryParse(device.GetString(), out var id) ? With(payload, "deviceId", id.Hex) : payload;

    private static JsonElement With(JsonElement given, string name, string value) => GatewayJson.Write(writer =>
    {
        foreach (var member in given.EnumerateObject())
        {
            if (member.NameEquals(name))
            {
                writer.WriteString(name, value);
            }
            else
            {
                member.WriteTo(writer);
            }
        }
    });
}
