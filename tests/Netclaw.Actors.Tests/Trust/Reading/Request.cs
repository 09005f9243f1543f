using System.Collections.Immutable;
using System.Net;

namespace Netclaw.Actors.Trust.Reading;

/// <summary>One request as it reaches the listener, built line by line, and read.</summary>
internal sealed record Request(ConnectionFacts Facts, EvidenceRules Rules)
{
    public static readonly IPEndPoint Bound = IPEndPoint.Parse("127.0.0.1:5199");

    public static TrustOptions Local { get; } = new() { OwnerUserId = Ask.Owner };

    /// <summary>A TCP connection to a gateway of exposure local.</summary>
    public static Request From(string address) => new(
        new ConnectionFacts
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = Ask.Now, Remote = new IPEndPoint(IPAddress.Parse(address), 40000), Local = Bound,
        },
        new EvidenceRules { Trust = Local, Bound = [Bound] });

    public static Request Over(ListenerKind socket) => new(
        new ConnectionFacts { Listener = socket, Wire = "signalr", AcceptedAt = Ask.Now }, new EvidenceRules { Trust = Local, Bound = [Bound] });

    public static NetworkSet Networks(params string[] texts) => NetworkSet.Of(texts.Select(text =>
        NetworkSet.TryParse(text, out var network) ? network : throw new FormatException(text)));

    public Request With(string name, params string?[] values) => this with
    {
        Facts = Facts with { Headers = [.. Facts.Headers, .. values.OfType<string>().Select(value => new HeaderLine(name, value))] },
    };

    public Request With(params IEnumerable<HeaderLine> lines) => this with { Facts = Facts with { Headers = [.. Facts.Headers, .. lines] } };

    public Request Under(Func<TrustOptions, TrustOptions> change) => this with { Rules = Rules with { Trust = change(Rules.Trust) } };

    public Request Under(TrustedProxyOptions proxy) => Under(trust => trust with { Auth = AuthMode.TrustedProxy, TrustedProxy = proxy });

    /// <summary>Behind proxies of these addresses and ranges.</summary>
    public Request Behind(params string[] proxies) => Under(trust => trust with { Exposure = ExposureMode.ReverseProxy, TrustedProxies = Networks(proxies) });

    public ConnectionEvidence Read() => EvidenceReader.Read(Facts, Rules);
}
