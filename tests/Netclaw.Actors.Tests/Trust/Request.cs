using System.Net;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust;

/// <summary>A connection as it comes in, decided all the way from its header lines.</summary>
internal sealed record Request
{
    public ConnectionFacts Facts { get; init; } = new()
    {
        Listener = ListenerKind.Tcp, Wire = "signalr", AcceptedAt = Ask.Now, Remote = new IPEndPoint(IPAddress.Loopback, 40_000), Local = new IPEndPoint(IPAddress.Loopback, 5199), RemoteUserId = Ask.Owner,
        Headers = [new HeaderLine("Host", "127.0.0.1:5199")],
    };

    public TrustOptions Options { get; init; } = new() { OwnerUserId = Ask.Owner };

    public Hello Hello { get; init; } = new() { Role = Role.Operator, Scopes = ScopeSet.ReadWrite, Client = Ask.Client };

    public Credentials Offered { get; init; } = Credentials.None;

    public Devices.RegistrySnapshot Registry { get; init; } = Ask.Registry();

    /// <summary>From that address, to the same; the Host header names it as a literal.</summary>
    public Request From(string remote, uint? user = null, RemotePlace place = RemotePlace.Elsewhere)
    {
        var local = new IPEndPoint(PlainAddress.Of(IPAddress.Parse(remote)), 5199);
        var request = this with { Facts = Facts with { Remote = new IPEndPoint(IPAddress.Parse(remote), 40_000), Local = local, RemoteUserId = user, Place = place } };
        return request.To(local.ToString());
    }

    public Request To(string host) => this with { Facts = Facts with { Headers = [new HeaderLine("Host", host), .. Facts.Headers.Where(line => line.Name != "Host")] } };

    public Request With(string header, string value) => this with { Facts = Facts with { Headers = Facts.Headers.Add(new HeaderLine(header, value)) } };

    public Request Under(ExposureMode exposure, AuthMode auth, params string[] proxies) => this with
    {
        Options = Options with { Exposure = exposure, Auth = auth, TrustedProxies = NetworkSet.Of(proxies.Select(text => NetworkSet.TryParse(text, out var network) ? network : throw new FormatException(text))) },
    };

    public Request Under(TrustedProxyOptions proxy) => this with { Options = Options with { TrustedProxy = proxy } };

    public Request AsNode() => this with { Hello = Hello with { Role = Role.Node, Scopes = ScopeSet.Empty } };

    public Request Offering(Credentials offered) => this with { Offered = offered };

    /// <summary>With a device key whose signature holds.</summary>
    public Request WithDevice(ProofKind kind = ProofKind.Native) => this with { Hello = Hello with { DeviceKey = Ask.Key }, Offered = Offered with { Proof = ProofVerdict.Valid, Kind = kind } };

    public AccessQuestion Asked => new(EvidenceReader.Read(Facts, new EvidenceRules
    {
        Trust = Options, ExternalUrl = new Uri("https://gateway.example"), Bound = [new IPEndPoint(Options.Exposure == ExposureMode.ReverseProxy ? IPAddress.Any : IPAddress.Loopback, 5199)],
    }), Hello, Offered, Options, Registry);

    public AccessDecision Decide() => Asked.Decide();

    public Principal Granted() => Asked.Granted();

    public void IsRefused(RefusalCode code) => Asked.IsRefused(code);
}
