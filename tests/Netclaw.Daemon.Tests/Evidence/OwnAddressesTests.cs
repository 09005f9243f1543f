using System.Net;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Evidence;

namespace Netclaw.Daemon.Tests.Evidence;

public sealed class OwnAddressesTests : IHostInterfaces
{
    private readonly ManualTime _time = new();
    private IReadOnlyCollection<IPAddress>? _listed = [IPAddress.Parse("10.0.0.5"), IPAddress.Parse("fe80::5%3"), IPAddress.Parse("::ffff:10.0.0.6")];
    private int _asked;

    public IReadOnlyCollection<IPAddress>? Addresses()
    {
        _asked++;
        return _listed;
    }

    [Theory]
    [InlineData("127.0.0.1", RemotePlace.Loopback)]
    [InlineData("::1", RemotePlace.Loopback)]
    [InlineData("10.0.0.5", RemotePlace.OwnInterface)]
    [InlineData("10.0.0.6", RemotePlace.OwnInterface)]
    [InlineData("fe80::5", RemotePlace.OwnInterface)]
    [InlineData("10.0.0.7", RemotePlace.Elsewhere)]
    public void TellThisMachineFromOthers(string address, RemotePlace place) =>
        Assert.Equal(place, new OwnAddresses(this, _time).PlaceOf(IPAddress.Parse(address)));

    [Fact]
    public void SayThatTheyDoNotKnow_WhenInterfacesCannotBeListed()
    {
        _listed = null;
        var own = new OwnAddresses(this, _time);
        Assert.Equal(RemotePlace.Unlisted, own.PlaceOf(IPAddress.Parse("10.0.0.5")));
        Assert.Equal(RemotePlace.Loopback, own.PlaceOf(IPAddress.Loopback));
    }

    [Fact]
    public void AreListedAnew_AfterFiveSeconds()
    {
        var own = new OwnAddresses(this, _time);
        _ = own.PlaceOf(IPAddress.Parse("10.0.0.9"));
        _listed = [IPAddress.Parse("10.0.0.9")];
        Assert.Equal((RemotePlace.Elsewhere, 1), (own.PlaceOf(IPAddress.Parse("10.0.0.9")), _asked));
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal((RemotePlace.OwnInterface, 2), (own.PlaceOf(IPAddress.Parse("10.0.0.9")), _asked));
    }

    [Fact]
    public void OfThisMachine_HoldLoopback() => Assert.Contains(IPAddress.Loopback, new HostInterfaces().Addresses()!);
}
