using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary>
/// <c>connect</c>. As the published schema has it, and as it is heard: whoever is of another release may send members that this one does not know, and call itself by a name that is
/// in no list. What the schema knows must be of its type all the same.
/// </summary>
internal static class ConnectForm
{
    public static readonly ParamRule Published = Of(Closed, OneOf(
        "webchat-ui", "openclaw-control-ui", "openclaw-browser-copilot", "openclaw-tui", "webchat", "cli", "gateway-client", "openclaw-macos", "openclaw-linux", "openclaw-ios",
        "openclaw-watchos", "openclaw-android", "node-host", "openclaw-worker", "test", "fingerprint", "openclaw-probe"), OneOf(
        "webchat", "cli", "ui", "backend", "node", "worker", "probe", "test"));

    public static readonly ParamRule Heard = Of(Open, Text, Text);

    private static ParamRule Of(Func<ParamMember[], ParamRule.Members> members, ParamRule id, ParamRule mode) => members([
        Must("minProtocol", Whole(1)), Must("maxProtocol", Whole(1)),
        Must("client", members([
            Must("id", id), May("displayName", Text), Must("version", Text), May("buildId", UpTo(96)), Must("platform", Text), May("deviceFamily", Text),
            May("modelIdentifier", Text), May("timeZone", UpTo(64)), Must("mode", mode), May("instanceId", Text)])),
        May("caps", ListOf(Text)), May("commands", ListOf(Text)), May("computerUse", Anything),
        May("workerRuns", members([
            Must("bundleHash", Like("^[a-f0-9]{64}$", 64, 64)), Must("openclawVersion", UpTo(128)), Must("protocolFeatures", SetOf(UpTo(128), 0, 64)),
            May("bundlePrewarm", Whole(1, 9_007_199_254_740_991))])),
        May("permissions", MapOf(Flag)), May("pathEnv", FreeText), May("role", Text), May("scopes", ListOf(Text)),
        May("device", members([
            Must("id", Text), Must("publicKey", Text), Must("signature", Text), Must("signedAt", Whole(0)), Must("nonce", Text)])),
        May("auth", members([
            May("token", FreeText), May("bootstrapToken", FreeText), May("deviceToken", FreeText), May("password", FreeText), May("approvalRuntimeToken", FreeText),
            May("agentRuntimeIdentityToken", FreeText)])),
        May("locale", FreeText), May("userAgent", FreeText)]);
}
