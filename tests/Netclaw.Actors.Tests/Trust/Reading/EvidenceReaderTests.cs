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
}
