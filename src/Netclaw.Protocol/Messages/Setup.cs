namespace Netclaw.Protocol;

/// <summary>Method <c>device.pair.setupCode</c> (gateway-protocol.md section 8). Takes admin.</summary>
/// <param name="PublicUrl">Where the device reaches the gateway, ws, wss, http or https; left out: what the gateway knows of itself.</param>
/// <param name="IncludeQr">The answer carries the link as a picture as well.</param>
/// <param name="BootstrapProfile">node: a node without scopes. limited, and left out: a node and an operator's app without admin.</param>
/// <param name="JoinUrl">Understood, and answered without one: a link over https would carry the code in its path (docs/adr/0037).</param>
/// <param name="Name">What to call the device; left out: what it calls itself. Netclaw's own.</param>
public sealed record SetupCodeParams(
    string? PublicUrl = null, bool? PreferRemoteUrl = null, bool? IncludeQr = null, string? BootstrapProfile = null, bool? JoinUrl = null, string? Name = null)
{
    public const string Method = "device.pair.setupCode";
    public const string Node = "node";
    public const string Limited = "limited";
}

/// <param name="SetupCode">What stands behind <c>oc-pair://</c> (<see cref="SetupLink"/>). A secret.</param>
/// <param name="Auth">token or password: the gateway's mode, as far as the protocol has a word for it.</param>
/// <param name="UrlSource">params or config.</param>
/// <param name="Access">node or limited.</param>
/// <param name="AccessDowngraded">True: a wider one was asked for than a setup code ever grants.</param>
public sealed record SetupCodeResult(
    SetupCodeId SetupId, long ExpiresAtMs, Secret SetupCode, string GatewayUrl, string Auth, string UrlSource, string Access, bool? AccessDowngraded = null)
{
    /// <summary>The link as a PNG in a <c>data:</c> url, at most 16384 characters; left out unless it was asked for. As secret as the code.</summary>
    public Secret? QrDataUrl { get; init; }
}

/// <summary>Method <c>device.pair.setupStatus</c>.</summary>
public sealed record SetupStatusParams(SetupCodeId SetupId)
{
    public const string Method = "device.pair.setupStatus";
}

/// <param name="Completion">Left out: the code waits, has run out, or is none of this gateway's.</param>
public sealed record SetupStatusResult(SetupCompletion? Completion = null);

/// <summary>Which device has used a setup code; the event <c>device.pair.setup.completed</c> as well.</summary>
/// <param name="Access">node or limited.</param>
public sealed record SetupCompletion(SetupCodeId SetupId, DeviceId DeviceId, string? DeviceName, string Access, long Ts)
{
    public const string EventName = "device.pair.setup.completed";
}
