namespace Netclaw.Actors.Trust.Reading;

public sealed class ClientAddressTests
{
    private const string Proxy = "10.0.0.1";
    private const string Client = "203.0.113.7";

    /// <summary>What the one trusted proxy 10.0.0.1 sends; 10.9.0.0/16 are trusted further hops.</summary>
    [Theory]
    [InlineData("203.0.113.7", Client)]
    [InlineData("  203.0.113.7\t", Client)]
    [InlineData("203.0.113.7:4711", Client)]
    [InlineData("6.6.6.6, 203.0.113.7", Client)]
    [InlineData("6.6.6.6,203.0.113.7", Client)]
    [InlineData("garbage, 203.0.113.7", Client)]
    [InlineData(", 203.0.113.7", Client)]
    [InlineData("6.6.6.6, 203.0.113.7, 10.9.0.1, 10.9.0.2", Client)]
    [InlineData("6.6.6.6, 10.9.0.1, 203.0.113.7, 10.9.0.2", Client)]
    [InlineData("10.9.0.1", "10.9.0.1")]
    [InlineData("10.9.0.3, 10.9.0.2", "10.9.0.3")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("2001:DB8:0:0::1", "2001:db8::1")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:4711", "2001:db8::1")]
    [InlineData("::ffff:203.0.113.7", Client)]
    [InlineData("[::ffff:203.0.113.7]:80", Client)]
    [InlineData("203.0.113.7, ::ffff:10.9.0.1", Client)]
    [InlineData("", null)]
    [InlineData(",", null)]
    [InlineData("203.0.113.7, ", null)]
    [InlineData("203.0.113.7,, 10.9.0.1", null)]
    [InlineData("unknown", null)]
    [InlineData("_hidden", null)]
    [InlineData("client.example", null)]
    [InlineData("203.0.113.7, garbage", null)]
    [InlineData("203.0.113.7, unknown, 10.9.0.1", null)]
    [InlineData("127.0.0.1", null)]
    [InlineData("::1", null)]
    [InlineData("[::1]", null)]
    [InlineData("::ffff:127.0.0.1", null)]
    [InlineData("203.0.113.7, 127.0.0.1", null)]
    [InlineData("0.0.0.0", null)]
    [InlineData("::", null)]
    [InlineData("127.1", null)]
    [InlineData("0xcb007107", null)]
    [InlineData("203.0.113.07", null)]
    [InlineData("3405803783", null)]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("fe80::1%1", null)]
    [InlineData("[2001:db8::1", null)]
    [InlineData("2001:db8::1]", null)]
    [InlineData("[203.0.113.7]", null)]
    [InlineData("[2001:db8::1]4711", null)]
    [InlineData("203.0.113.7:", null)]
    [InlineData("203.0.113.7:123456", null)]
    [InlineData("203.0.113.7:-1", null)]
    [InlineData("203.0.113.7/32", null)]
    [InlineData("for=203.0.113.7", null)]
    [InlineData("\"203.0.113.7\"", null)]
    [InlineData("203.0.113.7 10.9.0.1", null)]
    public void IsTheFirstUntrustedHopFromTheRight(string forwardedFor, string? client) =>
        Assert.Equal(client, Of(Request.From(Proxy).Behind(Proxy, "10.9.0.0/16").With("X-Forwarded-For", forwardedFor)));

    [Theory]
    [InlineData("for=203.0.113.7", Client)]
    [InlineData("FOR=203.0.113.7;Proto=https;by=10.0.0.1", Client)]
    [InlineData("proto=https; host=gateway.example ; for=203.0.113.7", Client)]
    [InlineData("proto=https;for=\"203.0.113.7:4711\";;", Client)]
    [InlineData("for=\"203.0.113.7:_port\"", Client)]
    [InlineData("for=\"[2001:db8::1]:4711\"", "2001:db8::1")]
    [InlineData("For=\"[2001:db8:cafe::17]\"", "2001:db8:cafe::17")]
    [InlineData("for=\"[::ffff:203.0.113.7]\"", Client)]
    [InlineData("for=6.6.6.6, for=203.0.113.7", Client)]
    [InlineData("for=6.6.6.6,for=203.0.113.7;by=\"a,b;c\",for=10.9.0.1", Client)]
    [InlineData("for=\", for=203.0.113.7", Client)]
    [InlineData("for=\"6.6.6.6, for=\"[2001:db8::1]\"", "2001:db8::1")]
    [InlineData("for=\"6.6.6.6\\\", for=\"203.0.113.7\"", Client)]
    [InlineData("for=10.9.0.1", "10.9.0.1")]
    [InlineData("for=unknown", null)]
    [InlineData("for=_hidden", null)]
    [InlineData("for=\"_hidden:_port\"", null)]
    [InlineData("for=203.0.113.7, for=_mystery, for=10.9.0.1", null)]
    [InlineData("for=2001:db8::1", null)]
    [InlineData("for=[2001:db8::1]", null)]
    [InlineData("for=\"2001:db8::1\"", null)]
    [InlineData("for=203.0.113.7;for=203.0.113.8", null)]
    [InlineData("by=203.0.113.7", null)]
    [InlineData("for=", null)]
    [InlineData("for", null)]
    [InlineData("=203.0.113.7", null)]
    [InlineData("for =203.0.113.7", null)]
    [InlineData("for= 203.0.113.7", null)]
    [InlineData("for=\"203.0.113.7", null)]
    [InlineData("for=203.0.113.7\"", null)]
    [InlineData("for=\"203.0.113\\.7\"", null)]
    [InlineData("for=\"\"203.0.113.7\"\"", null)]
    [InlineData("for=203.0.113.7, ", null)]
    [InlineData("203.0.113.7", null)]
    [InlineData("for=127.0.0.1", null)]
    [InlineData("for=\"[::1]\"", null)]
    [InlineData("", null)]
    public void IsReadFromForwarded_AsRfc7239WritesIt(string forwarded, string? client) =>
        Assert.Equal(client, Of(Request.From(Proxy).Behind(Proxy, "10.9.0.0/16").With("Forwarded", forwarded)));

    [Fact]
    public void SeveralLines_AreOneChainInTheirOrder()
    {
        var behind = Request.From(Proxy).Behind(Proxy, "10.9.0.0/16");
        Assert.Equal(Client, Of(behind.With("X-Forwarded-For", "6.6.6.6", "203.0.113.7, 10.9.0.1", "10.9.0.2")));
        Assert.Equal(Client, Of(behind.With("x-forwarded-for", "203.0.113.7").With("Host", "a").With("X-FORWARDED-FOR", "10.9.0.1")));
        Assert.Equal(Client, Of(behind.With("Forwarded", "for=6.6.6.6", "for=203.0.113.7", "for=10.9.0.2;proto=https")));
    }

    [Theory]
    [InlineData("for=203.0.113.7", "203.0.113.7", Client)]
    [InlineData("for=6.6.6.6, for=203.0.113.7", "203.0.113.7", Client)]
    [InlineData("for=203.0.113.8", "203.0.113.7", null)]
    [InlineData("for=unknown", "203.0.113.7", null)]
    [InlineData("for=203.0.113.7", "garbage", null)]
    public void ForwardedAndXForwardedFor_MustAgree(string forwarded, string forwardedFor, string? client) =>
        Assert.Equal(client, Of(Request.From(Proxy).Behind(Proxy).With("Forwarded", forwarded).With("X-Forwarded-For", forwardedFor)));

    [Fact]
    public void XRealIp_CountsAloneAndOnce()
    {
        var behind = Request.From(Proxy).Behind(Proxy);
        Assert.Equal(Client, Of(behind.With("X-Real-IP", Client)));
        Assert.Null(Of(behind.With("X-Real-IP", Client, "6.6.6.6")));
        Assert.Null(Of(behind.With("X-Real-IP", $"6.6.6.6, {Client}")));
        Assert.Null(Of(behind.With("X-Real-IP", Client).With("X_Real_IP", "6.6.6.6")));
        Assert.Null(Of(behind.With("X-Real-IP", "127.0.0.1")));
        Assert.Equal(Client, Of(behind.With("X-Real-IP", "6.6.6.6").With("X-Forwarded-For", Client)));
    }

    [Theory]
    [InlineData("X-Forwarded-For", Client)]
    [InlineData("Forwarded", "for=" + Client)]
    [InlineData("X-Real-IP", Client)]
    [InlineData("Cf-Connecting-Ip", Client)]
    public void IsNobody_WhenTheLastHopIsNotTrusted(string header, string value)
    {
        Assert.Null(Of(Request.From("198.51.100.1").Behind(Proxy).With(header, value)));
        Assert.Null(Of(Request.From("127.0.0.1").Behind(Proxy).With(header, value)));
        Assert.Null(Of(Request.From("127.0.0.1").With(header, value)));
        Assert.Null(Of(Request.From(Proxy).Under(trust => trust with { TrustedProxies = Request.Networks(Proxy) }).With(header, value)));
        Assert.Equal("198.51.100.1", Request.From("198.51.100.1").Behind(Proxy).With(header, value).Read().ClientAddress);
    }

    [Fact]
    public void IsNobody_WhenTheConnectionHeaderNamesTheChain() =>
        Assert.Null(Of(Request.From(Proxy).Behind(Proxy).With("X-Forwarded-For", Client).With("Connection", "keep-alive, x-forwarded-for")));

    [Fact]
    public void TheUnderscoreTwin_IsNotRead()
    {
        var behind = Request.From(Proxy).Behind(Proxy);
        Assert.Null(Of(behind.With("X_Forwarded_For", "6.6.6.6")));
        Assert.Equal(Client, Of(behind.With("X_Forwarded_For", "6.6.6.6").With("X-Forwarded-For", Client)));
    }

    [Fact]
    public void ChainsAndElementsHaveALength()
    {
        var behind = Request.From(Proxy).Behind(Proxy, "10.9.0.0/16");
        var hops = string.Concat(Enumerable.Repeat(", 10.9.0.1", 31));
        Assert.Equal(Client, Of(behind.With("X-Forwarded-For", Client + hops)));
        Assert.Null(Of(behind.With("X-Forwarded-For", Client + hops + ", 10.9.0.1")));
        Assert.Null(Of(behind.With("X-Forwarded-For", new string('1', 5000))));
        Assert.Null(Of(behind.With("Forwarded", "for=203.0.113.7;host=" + new string('a', 600))));
        Assert.Equal(Client, Of(behind.With("Forwarded", new string('"', 9000) + ",for=203.0.113.7")));
    }

    [Fact]
    public void AProxyOnThisMachine_IsBelievedOnlyWhereItIsAllowed()
    {
        var proxy = new TrustedProxyOptions { UserHeader = "X-User", AllowLoopback = true };
        var local = Request.From("::1").Under(proxy);
        Assert.Equal(Client, Of(local.With("X-Forwarded-For", Client)));
        Assert.Equal(Client, Of(local.With("X-Forwarded-For", $"6.6.6.6, {Client}, 127.0.0.1")));
        Assert.Null(Of(Request.From("::1").Under(new TrustedProxyOptions { UserHeader = "X-User" }).With("X-Forwarded-For", Client)));
        Assert.Null(Of(local.Behind(Proxy).With("X-Forwarded-For", $"{Client}, 127.0.0.1, {Proxy}")));
    }

    [Fact]
    public void AProxyOnThisMachine_IsBelievedOnlyAsItsUser()
    {
        var proxy = new TrustedProxyOptions { UserHeader = "X-User", AllowLoopback = true, ProxyUids = UidRule.Of(33) };
        var local = Request.From("127.0.0.1").Under(proxy).With("X-Forwarded-For", Client);
        Assert.Null(Of(local));
        Assert.Null(Of(local with { Facts = local.Facts with { RemoteUserId = 1001 } }));
        Assert.Equal(Client, Of(local with { Facts = local.Facts with { RemoteUserId = 33 } }));
    }

    [Theory]
    [InlineData(ExposureMode.CloudflareTunnel, "Cf-Connecting-Ip", "203.0.113.7", Client)]
    [InlineData(ExposureMode.CloudflareTunnel, "CF-Connecting-IP", "2001:db8::1", "2001:db8::1")]
    [InlineData(ExposureMode.CloudflareTunnel, "Cf-Connecting-Ip", "203.0.113.7, 6.6.6.6", null)]
    [InlineData(ExposureMode.CloudflareTunnel, "Cf-Connecting-Ip", "127.0.0.1", null)]
    [InlineData(ExposureMode.CloudflareTunnel, "X-Forwarded-For", "203.0.113.7", null)]
    [InlineData(ExposureMode.TailscaleServe, "X-Forwarded-For", "100.64.0.7", "100.64.0.7")]
    [InlineData(ExposureMode.TailscaleServe, "X-Forwarded-For", "6.6.6.6, 100.64.0.7", "100.64.0.7")]
    [InlineData(ExposureMode.TailscaleFunnel, "X-Forwarded-For", "203.0.113.7", Client)]
    [InlineData(ExposureMode.TailscaleFunnel, "Cf-Connecting-Ip", "203.0.113.7", null)]
    [InlineData(ExposureMode.TailscaleServe, "Forwarded", "for=203.0.113.7", null)]
    public void BehindATunnel_TheAgentsOwnHeaderCounts(ExposureMode mode, string header, string value, string? client)
    {
        Assert.Equal(client, Of(Tunnel("127.0.0.1").With(header, value)));
        Assert.Null(Of(Tunnel("10.0.0.1").With(header, value)));
        Assert.Null(Of(Tunnel("127.0.0.1").With(header, value).With("Connection", header)));
        Assert.Null(Of(Tunnel("127.0.0.1").Under(trust => trust with { TrustedProxy = new TrustedProxyOptions { ProxyUids = UidRule.Of(33) } }).With(header, value)));
        Request Tunnel(string remote) => Request.From(remote).Under(trust => trust with { Exposure = mode });
    }

    /// <summary>Whatever stands left of the first untrusted hop, and however it is spread over lines, the client is the same.</summary>
    [Fact]
    public void NeverDependsOnAnythingLeftOfTheFirstUntrustedHop()
    {
        const int Seed = 20_260_401;
        var random = new Random(Seed);
        string[] made = ["6.6.6.6", "127.0.0.1", "10.9.0.1", "unknown", "", " ", "\"", "\\\"", "for=\"", "for=1.2.3.4;", ";", "[::1]", "2001:db8::66", "x", new string('9', 700), "for=\"a\\\\\"", "=", "\t"];
        for (var round = 0; round < 20_000; round++)
        {
            var trusted = Enumerable.Range(0, random.Next(4)).Select(hop => $"10.9.0.{hop + 1}").ToArray();
            var left = Enumerable.Range(0, random.Next(6)).Select(_ => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => made[random.Next(made.Length)]))).ToArray();
            var isStandard = random.Next(2) == 0;
            string[] hops = [Client, .. trusted];
            var right = isStandard ? hops.Select(hop => random.Next(2) == 0 ? $"for={hop}" : $"proto=https;for=\"{hop}:80\"") : hops;
            var lines = Lines([.. left, .. right], random, left.Length);
            var read = Request.From(Proxy).Behind(Proxy, "10.9.0.0/16").With(isStandard ? "Forwarded" : "X-Forwarded-For", lines);
            Assert.True(Of(read) == Client, $"seed {Seed}, round {round}: {string.Join(" | ", lines)} gave {Of(read)}");
        }
    }

    /// <summary>Joined by commas and broken into lines at random; never inside what the proxies wrote.</summary>
    private static string[] Lines(string[] hops, Random random, int clientAt)
    {
        var lines = new List<string> { hops[0] };
        for (var hop = 1; hop < hops.Length; hop++)
        {
            if (hop >= clientAt && random.Next(3) == 0)
            {
                lines.Add(hops[hop]);
            }
            else
            {
                lines[^1] += (random.Next(2) == 0 ? "," : ", ") + hops[hop];
            }
        }

        return [.. lines];
    }

    private static string? Of(Request request) => request.Read().Client?.ToString();
}
