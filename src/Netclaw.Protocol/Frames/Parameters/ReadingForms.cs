using static Netclaw.Protocol.Frames.ParamText;

namespace Netclaw.Protocol.Frames;

/// <summary>What is read of the gateway: its settings, its log, its agents and models. As the published schema has them.</summary>
internal static class ReadingForms
{
    internal static readonly KeyValuePair<string, ParamRule>[] All =
    [
        new("config.get", Closed()),
        new("logs.tail", Closed(May("cursor", Whole(0)), May("limit", Whole(1, 5000)), May("maxBytes", Whole(1, 1_000_000)))),
        new("agents.list", Closed()),
        new("models.list", NotBoth("preparedOnly", "refresh", Closed(
            May("agentId", Text), May("includeProviderCapabilities", Flag), May("preparedOnly", Flag), May("refresh", Flag),
            May("view", OneOf("default", "configured", "provider-config", "all"))))),
    ];
}
