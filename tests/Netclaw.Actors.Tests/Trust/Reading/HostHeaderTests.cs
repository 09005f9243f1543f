using System.Net;

namespace Netclaw.Actors.Trust.Reading;

public sealed class HostHeaderTests
{
    [Theory]
    [InlineData("localhost", true)]
    [InlineData("LOCALHOST:5199", true)]
    [InlineData("127.0.0.1:5199", true)]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.1:1", true)]
    [InlineData("[::1]:5199", true)]
    [InlineData("[::1]", true)]
    [InlineData("[0:0:0:0:0:0:0:1]", true)]
    [InlineData("[::ffff:127.0.0.1]", true)]
    [InlineData("evil.example", false)]
    [InlineData("127.evil.example", false)]
    [InlineData("localhost.evil.example", false)]
    [InlineData("127.0.0.1.evil.example", false)]
    [InlineData("127.0.0.1.nip.io", false)]
    [InlineData("localhost.", false)]
    [InlineData("127.0.0.1.", false)]
    [InlineData("127.1", false)]
    [InlineData("0x7f.0.0.1", false)]
    [InlineData("2130706433", false)]
    [InlineData("0177.0.0.1", false)]
    [InlineData("127.000.000.001", false)]
    [InlineData("10.0.0.1", false)]
    [InlineData("::1", false)]
    [InlineData("[::1%lo]", false)]
    [InlineData("[::1%1]", false)]
    [InlineData("[::1", false)]
    [InlineData("[[::1]]", false)]
    [InlineData("[]", false)]
    [InlineData("[127.0.0.1]", false)]
    [InlineData("[::ffff:10.0.0.1]", false)]
    [InlineData("localhost:", false)]
    [InlineData("localhost:99999", false)]
    [InlineData("localhost:+1", false)]
    [InlineData("localhost:80:80", false)]
    [InlineData("user@localhost", false)]
    [InlineData("localhost:80@evil.example", false)]
    [InlineData("localhost#evil.example", false)]
    [InlineData("localhost/", false)]
    [InlineData("localhost, evil.example", false)]
    [InlineData("locаlhost", false)]
    [InlineData("xn--loclhost-1fg", false)]
    [InlineData("control.sock", false)]
    [InlineData(":5199", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void AdmitsLoopbackNamesAlone_WithExposureLocal(string? host, bool admitted) =>
        Assert.Equal(admitted, Request.From("127.0.0.1").With("Host", host).Read().HostAllowed);

    [Theory]
    [InlineData(ListenerKind.Control, null, true)]
    [InlineData(ListenerKind.Control, "", true)]
    [InlineData(ListenerKind.Control, "control.sock", true)]
    [InlineData(ListenerKind.Control, "localhost", true)]
    [InlineData(ListenerKind.Control, "gateway.example", false)]
    [InlineData(ListenerKind.Control, "10.0.0.1", false)]
    [InlineData(ListenerKind.Shared, null, true)]
    [InlineData(ListenerKind.Shared, "shared.sock", true)]
    [InlineData(ListenerKind.Shared, "gateway.example", false)]
    public void AdmitsTheSocketsOwnNamesAsWell_OverASocket(ListenerKind socket, string? host, bool admitted) =>
        Assert.Equal(admitted, Request.Over(socket).With("Host", host).Read().HostAllowed);

    [Theory]
    [InlineData("localhost:5199")]
    [InlineData("127.0.0.2")]
    [InlineData("[::1]")]
    [InlineData("localhost")]
    public void AdmitsNoLoopbackName_WithAnotherExposure(string host)
    {
        foreach (var mode in Enum.GetValues<ExposureMode>().Except([ExposureMode.Local]))
        {
            var seen = Request.From("127.0.0.1").Under(trust => trust with { Exposure = mode }).With("Host", host).Read();
            Assert.False(seen.HostAllowed, $"{mode}: {host}");
            Assert.True(seen.HostIsLoopback);
        }
    }

    [Theory]
    [InlineData("10.0.0.5:5199", "10.0.0.5:5199", "10.0.0.5", true)]
    [InlineData("10.0.0.5:5199", "10.0.0.5:5199", "10.0.0.5:80", true)]
    [InlineData("10.0.0.5:5199", "10.0.0.5:5199", "10.0.0.6", false)]
    [InlineData("127.0.0.1:5199", "127.0.0.1:5199", "127.0.0.1:5199", true)]
    [InlineData("0.0.0.0:5199", "10.0.0.5:5199", "10.0.0.5:5199", true)]
    [InlineData("0.0.0.0:5199", "10.0.0.5:5199", "10.0.0.6:5199", false)]
    [InlineData("0.0.0.0:5199", "10.0.0.5:5199", "0.0.0.0:5199", false)]
    [InlineData("[::]:5199", "[::ffff:10.0.0.5]:5199", "10.0.0.5", true)]
    [InlineData("[::]:5199", "[2001:db8::5]:5199", "[2001:DB8:0::5]:5199", true)]
    [InlineData("[::]:5199", "[fe80::5%2]:5199", "[fe80::5]", true)]
    [InlineData("[::]:5199", "[2001:db8::5]:5199", "[::]", false)]
    public void AdmitsTheBoundLiteral_WithEveryExposure(string bound, string local, string host, bool admitted)
    {
        foreach (var mode in Enum.GetValues<ExposureMode>())
        {
            var request = Request.From("192.0.2.1").Under(trust => trust with { Exposure = mode });
            request = request with
            {
                Facts = request.Facts with { Local = IPEndPoint.Parse(local) }, Rules = request.Rules with { Bound = [IPEndPoint.Parse(bound)] },
            };
            Assert.Equal(admitted, request.With("Host", host).Read().HostAllowed);
        }
    }

    [Theory]
    [InlineData("gateway.example", true)]
    [InlineData("Gateway.EXAMPLE:443", true)]
    [InlineData("gateway.example:8443", true)]
    [InlineData("other.example", true)]
    [InlineData("ported.example:8080", true)]
    [InlineData("ported.example", false)]
    [InlineData("ported.example:8081", false)]
    [InlineData("gateway.example.", false)]
    [InlineData("gateway.example.evil.example", false)]
    [InlineData("evilgateway.example", false)]
    [InlineData("sub.gateway.example", false)]
    [InlineData("gateway.example@evil.example", false)]
    [InlineData("https://gateway.example", false)]
    public void AdmitsTheExternalUrlsHostAndTheConfiguredOnes(string host, bool admitted)
    {
        foreach (var mode in Enum.GetValues<ExposureMode>())
        {
            var request = Request.From("192.0.2.1").Under(trust => trust with { Exposure = mode });
            var rules = request.Rules with { ExternalUrl = new Uri("https://gateway.example/netclaw"), Hosts = [Host("other.example"), Host("ported.example:8080")] };
            Assert.Equal(admitted, (request with { Rules = rules }).With("Host", host).Read().HostAllowed);
        }
    }

    [Theory]
    [InlineData("xn--bcher-kva.example", true)]
    [InlineData("bücher.example", false)]
    [InlineData("xn--bcher-kvb.example", false)]
    public void ReadsTheExternalUrlsHost_AsTheWireWritesIt(string host, bool admitted)
    {
        var request = Request.From("192.0.2.1");
        Assert.Equal(admitted, (request with { Rules = request.Rules with { ExternalUrl = new Uri("https://bücher.example") } }).With("Host", host).Read().HostAllowed);
    }

    [Fact]
    public void AdmitsNone_WhenThereAreTwo() =>
        Assert.False(Request.From("127.0.0.1").With("Host", "localhost", "localhost").Read().HostAllowed);

    [Fact]
    public void AnUnderscoreTwinOrAForwardedHost_IsNoHost()
    {
        var seen = Request.From("127.0.0.1").With("X-Forwarded-Host", "localhost").With("X-Host", "localhost").Read();
        Assert.Null(seen.Host);
        Assert.False(seen.HostAllowed);
    }

    private static HostHeader Host(string text) => HostHeader.TryParse(text, out var host) ? host : throw new FormatException(text);
}
