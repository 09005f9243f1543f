using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary><c>device.*</c>: pairing, names, tokens and setup codes of devices. As the published schema has them.</summary>
internal static class DeviceForms
{
    internal static readonly KeyValuePair<string, ParamRule>[] All =
    [
        new("device.pair.list", Closed()),
        new("device.pair.approve", Closed(Must("requestId", Text))),
        new("device.pair.reject", Closed(Must("requestId", Text))),
        new("device.pair.remove", Closed(Must("deviceId", Text))),
        new("device.pair.rename", Closed(Must("deviceId", Text), Must("label", UpTo(64)))),
        new("device.token.rotate", Closed(Must("deviceId", Text), Must("role", Text), May("scopes", ListOf(Text)))),
        new("device.token.revoke", Closed(Must("deviceId", Text), Must("role", Text))),
        new("device.pair.setupCode", Closed(
            May("publicUrl", Text), May("preferRemoteUrl", Flag), May("includeQr", Flag), May("bootstrapProfile", OneOf("limited", "node")),
            May("joinUrl", Yes))),
        new("device.pair.setupStatus", Closed(Must("setupId", UpTo(128)))),
    ];
}
