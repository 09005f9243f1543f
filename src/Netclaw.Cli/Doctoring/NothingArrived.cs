using Netclaw.Protocol;

namespace Netclaw.Cli.Doctoring;

/// <summary>Something answered, and the gateway saw nothing of the probe: the answer says where it ended.</summary>
internal static class NothingArrived
{
    /// <summary>No HTTP answer at all: the finding is named like the refusal that every command would end with.</summary>
    public static ProxyFinding Of(CallError unanswered) =>
        new(unanswered.Code, Severity.Error, unanswered.Message, unanswered.Remedy is { } remedy ? ProxyRemedies.Command(remedy) : []);

    public static ProxyFinding Of(ProbeOutcome outcome) => outcome.Answer switch
    {
        { Status: 401 or 407 } when outcome.WithPassword => new ProxyFinding("password_refused", Severity.Error,
            $"The proxy answered {outcome.Answer.Status}: it did not take the user and password of the probe.", ProxyRemedies.Command("netclaw doctor proxy --password-stdin")),
        { Status: 401 or 407 } => new ProxyFinding("password_wanted", Severity.Error,
            $"The proxy answered {outcome.Answer.Status}: it wants a user and password before it lets anything through, and the probe brought none.",
            ProxyRemedies.Command("netclaw doctor proxy --password-stdin   (one line: user:password)")),
        { Status: >= 300 and < 400 } => new ProxyFinding("redirected", Severity.Error,
            $"{outcome.Url} answered {outcome.Answer.Status} and sends clients elsewhere; Netclaw follows no redirects.", ProxyRemedies.Settings("exposure.externalUrl: the address that it leads to")),
        { Status: 502 or 503 or 504 } => new ProxyFinding("gateway_not_reached", Severity.Error,
            $"The proxy answered {outcome.Answer.Status}: it could not reach the gateway.", ProxyRemedies.For("gateway_not_reached", outcome.Proxy)),
        { Status: 400 } => new ProxyFinding("probe_refused", Severity.Error,
            $"{outcome.Url} answered 400 and passed nothing on: it refuses WebSocket requests, or is spoken to in the wrong protocol.", ProxyRemedies.For("upgrade_missing", outcome.Proxy)),
        var answer => new ProxyFinding("elsewhere", Severity.Error,
            $"{outcome.Url} answered {answer.Status}, and nothing arrived at this gateway: the address leads to somebody else, or the proxy answers {Limits.HubPath} by itself.",
            [.. ProxyRemedies.Settings("exposure.externalUrl: the address of the proxy"), .. ProxyRemedies.For("gateway_not_reached", outcome.Proxy)]),
    };
}
