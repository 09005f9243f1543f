using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Pairing;

public sealed class RequestRulesTests
{
    private readonly TestRegistry _registry = new();

    [Fact]
    public void Keeps_TheIdOfAnIdenticalRetry_WithFreshSymbolsAndTime()
    {
        var first = _registry.Request(1);
        _registry.Now += TimeSpan.FromMinutes(4);

        var retried = _registry.Do<RegistryReply.Requested>(
            (id, now) => RequestPairing(id, now, 1, "192.0.2.9", symbols: "1111-2222")).Request;

        Assert.Equal(first.Id, retried.Id);
        Assert.Equal(first.FirstAt, retried.FirstAt);
        Assert.Equal("1111-2222", retried.Symbols);
        Assert.Equal(_registry.Now + PendingRequest.PendingLifetime, retried.ExpiresAt);
        Assert.Equal(retried, Assert.Single(_registry.State.Pending.Values));
        Assert.IsType<RegistryEvent.PairingRetried>(Assert.Single(_registry.Last.Events));
    }

    public static TheoryData<string> Changes => ["scopes", "role", "name", "symbols"];

    [Theory]
    [MemberData(nameof(Changes))]
    public void Supersedes_TheOldId_WhenAnythingChanges(string change)
    {
        var old = _registry.Request(1);

        var current = _registry.Do<RegistryReply.Requested>((id, now) => change switch
        {
            "scopes" => RequestPairing(id, now, 1, scopes: ScopeSet.All),
            "role" => RequestPairing(id, now, 1, role: Role.Node),
            "name" => RequestPairing(id, now, 1, name: "tablet"),
            _ => RequestPairing(id, now, 1, symbols: null),
        }).Request;

        Assert.NotEqual(old.Id, current.Id);
        Assert.Equal([current.Id], _registry.State.Pending.Keys);
        _registry.Refuses(RefusalCode.PairingRequestSuperseded,
            (id, now) => new RegistryCommand.Approve(id, now, old.Id, old.Symbols, null, null, Operator));
        Assert.Contains(current.Id.ToString(), ((RegistryReply.Refused)_registry.Last.Reply).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_TheCurrentId_ThroughSeveralSupersessions()
    {
        var first = _registry.Request(1, name: "a");
        _registry.Request(1, name: "b");
        var last = _registry.Request(1, name: "c");

        _registry.Refuses(RefusalCode.PairingRequestSuperseded, (id, now) => new RegistryCommand.Reject(id, now, first.Id, null, Operator));
        Assert.Contains(last.Id.ToString(), ((RegistryReply.Refused)_registry.Last.Reply).Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void Remembers_ABoundedNumber_OfSupersededIds()
    {
        for (var i = 0; i < SupersededRequest.MaximumKept + 20; i++)
        {
            _registry.Request(1, name: $"name {i}");
        }

        Assert.Equal(SupersededRequest.MaximumKept, _registry.State.Superseded.Length);
        Assert.Single(_registry.State.Pending);
    }

    [Fact]
    public void Crowds_OutTheOldestOfTheSameAddress_AtFive()
    {
        var first = RequestAt(1, "192.0.2.1");
        for (var device = 2; device <= WaitingRoom.PlacesPerAddress + 1; device++)
        {
            RequestAt(device, "192.0.2.1");
        }

        Assert.Equal(WaitingRoom.PlacesPerAddress, _registry.State.Pending.Count);
        Assert.Contains(new RegistryEvent.PairingDropped(_registry.Now, first.Id, DropCause.CrowdedOut), _registry.Last.Events);
    }

    [Fact]
    public void Counts_IPv6_PerNetwork()
    {
        for (var device = 1; device <= 7; device++)
        {
            RequestAt(device, $"2001:db8:0:1::{device}");
        }

        RequestAt(8, "2001:db8:0:2::1");

        Assert.Equal(WaitingRoom.PlacesPerAddress + 1, _registry.State.Pending.Count);
    }

    [Fact]
    public void Crowds_OutTheOldestOfTheBusiestAddress_AtAHundred()
    {
        var quiet = RequestAt(1, "198.51.100.1");
        var busiest = RequestAt(2, "203.0.113.1");
        for (var device = 3; _registry.State.Pending.Count < WaitingRoom.Places; device++)
        {
            RequestAt(device, device <= 5 ? "203.0.113.1" : $"192.0.2.{device / 2}");
        }

        RequestAt(1000, "198.51.100.77");

        Assert.Equal(WaitingRoom.Places, _registry.State.Pending.Count);
        Assert.True(_registry.State.Pending.ContainsKey(quiet.Id));
        Assert.False(_registry.State.Pending.ContainsKey(busiest.Id));
    }

    [Fact]
    public void Holds_TheBound_WhenARetryComesFromACrowdedAddress()
    {
        RequestAt(1, "192.0.2.1");
        for (var device = 2; device <= 6; device++)
        {
            RequestAt(device, "192.0.2.2");
        }

        RequestAt(1, "192.0.2.2");

        Assert.Equal(5, _registry.State.Pending.Values.Count(request => request.ClientAddress == "192.0.2.2"));
    }

    [Fact]
    public void Expires_FiveMinutesAfterTheLastTry()
    {
        var request = _registry.Request(1);
        _registry.Now = request.ExpiresAt - TimeSpan.FromMilliseconds(1);
        _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.ExpireDue(id, now));
        Assert.Single(_registry.State.Pending);

        _registry.Now = request.ExpiresAt;
        Assert.Empty(_registry.State.View(_registry.Now, 0).Waiting(_registry.Now));
        _registry.Refuses(RefusalCode.PairingRequestExpired,
            (id, now) => new RegistryCommand.Approve(id, now, request.Id, request.Symbols, null, null, Operator));
        _registry.Do<RegistryReply.Done>((id, now) => new RegistryCommand.ExpireDue(id, now));
        Assert.Empty(_registry.State.Pending);
    }

    [Fact]
    public void Gives_AFreshId_AfterExpiry()
    {
        var old = _registry.Request(1);
        _registry.Now = old.ExpiresAt;

        Assert.NotEqual(old.Id, _registry.Request(1).Id);
        Assert.Contains(new RegistryEvent.PairingExpired(_registry.Now, old.Id), _registry.Last.Events);
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a\nb")]
    [InlineData("a\u202eb")]
    public void Refuses_NamesThatHide(string name) =>
        _registry.Refuses(RefusalCode.DeviceNameInvalid, (id, now) => RequestPairing(id, now, 1, name: name));

    [Fact]
    public void Refuses_ARequestForNothing() =>
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => RequestPairing(id, now, 1, scopes: ScopeSet.Empty));

    private PendingRequest RequestAt(int device, string address)
    {
        _registry.Now += TimeSpan.FromMilliseconds(1);
        return _registry.Request(device, address, $"device {device}");
    }
}
