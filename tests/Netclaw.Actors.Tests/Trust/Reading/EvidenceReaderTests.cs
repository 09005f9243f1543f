using System.Net;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Reading;

public sealed class EvidenceReaderTests
{
    [Theory]
    [InlineData("127.0.0.1", RemotePlace.Elsewhere, RemotePlace.Loopback)]
    [InlineData("127.9.9.9", RemotePlace.Unlisted, RemotePlace.Loopback)]
    [InlineData("::1", RemotePlace.OwnInterface, RemotePlace.Loopback)]
    [InlineData("::ffff:127.0.0.1", RemotePlace.Elsewhere, RemotePlace.Loopback)]
    [InlineData("192.0.2.1", RemotePlace.Loopback, RemotePlace.Elsewhere)]
    [InlineData("192.0.2.1", RemotePlace.OwnInterface, RemotePlace.OwnInterface)]
    [InlineData("::ffff:192.0.2.1", RemotePlace.Unlisted, RemotePlace.Unlisted)]
    public void Loopback_IsToldByTheAddressAlone(string remote, RemotePlace said, RemotePlace place)
    {
        var request = Request.From(remote);
        Assert.Equal(place, (request with { Facts = request.Facts with { Place = said } }).Read().Place);
    }

    [Theory]
    [InlineData("::ffff:192.0.2.1", "192.0.2.1")]
    [InlineData("fe80::1%7", "fe80::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    public void Addresses_AreNormalised(string remote, string plain)
    {
        var request = Request.From(remote);
        var seen = (request with { Facts = request.Facts with { Local = new IPEndPoint(IPAddress.Parse(remote), 1) } }).Read();
        Assert.Equal((plain, plain), (seen.Remote!.Address.ToString(), seen.Local!.Address.ToString()));
    }

    [Theory]
    [InlineData("10.0.0.7", ProxyListing.Single)]
    [InlineData("::ffff:10.0.0.7", ProxyListing.Single)]
    [InlineData("10.1.2.3", ProxyListing.Range)]
    [InlineData("fd00::7", ProxyListing.Single)]
    [InlineData("fd00::8", ProxyListing.NotListed)]
    [InlineData("192.0.2.1", ProxyListing.NotListed)]
    public void Listing_TellsSinglesFromRanges(string remote, ProxyListing listing) =>
        Assert.Equal(listing, Request.From(remote).Behind("10.0.0.0/8", "10.0.0.7", "fd00::7/128").Read().Listing);

    [Fact]
    public void TheOverflowUser_IsNobody()
    {
        var request = Request.From("127.0.0.1");
        Assert.Null((request with { Facts = request.Facts with { RemoteUserId = UserId.Overflow } }).Read().RemoteUserId);
        Assert.Equal(33u, (request with { Facts = request.Facts with { RemoteUserId = 33 } }).Read().RemoteUserId);
    }

    [Fact]
    public void HeaderLines_PrintTheirNamesAlone() =>
        Assert.DoesNotContain("hunter2", $"{new HeaderLine("Authorization", "hunter2")}", StringComparison.Ordinal);

    /// <summary>Whatever arrives, under whatever options: read without an exception, the client never loopback, nobody named by more than one line.</summary>
    [Fact]
    public void AnythingCanBeRead()
    {
        const int Seed = 99_173;
        var random = new Random(Seed);
        string[] names =
        [
            "Host", "Origin", "Forwarded", "X-Forwarded-For", "X-Real-IP", "Cf-Connecting-Ip", "Connection", "Sec-Fetch-Site", "X-User", "X_User", "X-Team", "Via", "", " ", "\0", "é", "x-",
        ];
        string[] parts =
        [
            "", " ", ",", ";", "=", "\"", "\\", "[", "]", ":", "::1", "[::1]:1", "127.0.0.1", "203.0.113.7", "10.0.0.1", "for=", "for=\"[::]\"", "unknown", "null", "http://localhost:5199",
            "https://", "://", "%", "é", "\0", "\t", "x-user", "localhost", "999", new string('a', 300), "@", ".", "-", "_",
        ];
        for (var round = 0; round < 30_000; round++)
        {
            var lines = Enumerable.Range(0, random.Next(8)).Select(_ => new HeaderLine(
                names[random.Next(names.Length)], string.Concat(Enumerable.Range(0, random.Next(5)).Select(_ => parts[random.Next(parts.Length)])))).ToArray();
            var proxy = new TrustedProxyOptions { UserHeader = "X-User", RequiredHeaders = ["X-Team", "Via"], AllowLoopback = random.Next(2) == 0 };
            var request = Request.From(random.Next(2) == 0 ? "127.0.0.1" : "10.0.0.1").Behind("10.0.0.0/8").Under(proxy)
                .Under(trust => trust with { Exposure = (ExposureMode)random.Next(5) }).With(lines);
            var seen = request.Read();
            Assert.False(seen.Client is { } client && IPAddress.IsLoopback(client), $"seed {Seed}, round {round}");
            Assert.True(seen.User.State != HeaderState.One || lines.Count(line => line.Name.Replace('_', '-') == "X-User") == 1, $"seed {Seed}, round {round}");
            Assert.Equal(seen, request.Read());
        }
    }
}
