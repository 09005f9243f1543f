using Netclaw.Actors.Devices;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Pairing;

public sealed class ApprovalRulesTests
{
    private readonly TestRegistry _registry = new();

    [Theory]
    [InlineData("ABCD-EFGH")]
    [InlineData("abcdefgh")]
    [InlineData(" abcd efgh ")]
    public void Approves_WithTheSymbols_HoweverTheyAreTyped(string symbols)
    {
        var request = _registry.Request(1);

        var approved = _registry.Do<RegistryReply.Approved>((id, now) => Approve(id, now, request, symbols: symbols));

        Assert.Equal(request.Id, approved.RequestId);
        Assert.Equal(PairedVia.Owner, approved.Device.Via);
        Assert.Equal(approved.Device, _registry.State.Devices[Id(1)]);
        Assert.Empty(_registry.State.Pending);
    }

    [Fact]
    public void Requires_TheSymbols_OfANativeRequest()
    {
        var request = _registry.Request(1);

        _registry.Refuses(RefusalCode.PairingSymbolsRequired, (id, now) => Approve(id, now, request, symbols: null));
        _registry.Refuses(RefusalCode.PairingSymbolsRequired, (id, now) => Approve(id, now, request, symbols: " "));
        _registry.Refuses(RefusalCode.PairingSymbolsMismatch, (id, now) => Approve(id, now, request, symbols: "ABCD-EFGJ"));
        _registry.Refuses(RefusalCode.PairingSymbolsMismatch, (id, now) => Approve(id, now, request, symbols: "ABCD"));
        Assert.Single(_registry.State.Pending);
    }

    [Fact]
    public void Asks_NoSymbols_OfARequestWithoutThem()
    {
        var request = _registry.Do<RegistryReply.Requested>((id, now) => RequestPairing(id, now, 1, symbols: null)).Request;

        _registry.Do<RegistryReply.Approved>((id, now) => Approve(id, now, request, symbols: null));
    }

    [Fact]
    public void Refuses_ToApprove_MoreThanTheApproverHolds()
    {
        _registry.Pair(7);
        var holder = DevicePrincipal(7, ScopeSet.All);
        var request = _registry.Request(1, scopes: ScopeSet.All);

        _registry.Refuses(RefusalCode.PairingScopeExceedsApprover, (id, now) => Approve(id, now, request, by: holder));
        var approved = _registry.Do<RegistryReply.Approved>((id, now) => Approve(id, now, request, by: holder) with { Scopes = ScopeSet.ReadWrite });

        Assert.True(ScopeSet.DeviceDefault.Covers(approved.Device.Scopes));
        Assert.False(approved.Device.Scopes.Covers(Scope.Admin));
    }

    [Fact]
    public void Refuses_AnApproverWhoWasRevokedMeanwhile()
    {
        _registry.Pair(7);
        var request = _registry.Request(1);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(7), null, Operator));

        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => Approve(id, now, request, by: DevicePrincipal(7, ScopeSet.All)));
    }

    [Fact]
    public void Requires_AnAdmin_ForOtherRoles()
    {
        _registry.Pair(7);
        var request = _registry.Do<RegistryReply.Requested>((id, now) => RequestPairing(id, now, 1, scopes: ScopeSet.Empty, role: Role.Node)).Request;

        _registry.Refuses(RefusalCode.MissingScope, (id, now) => Approve(id, now, request, by: DevicePrincipal(7, ScopeSet.DeviceDefault)));
        Assert.Equal<Role>([Role.Node], _registry.Do<RegistryReply.Approved>((id, now) => Approve(id, now, request)).Device.Roles);
    }

    [Fact]
    public void Requires_ThePairingScope()
    {
        var request = _registry.Request(1);

        _registry.Refuses(RefusalCode.MissingScope, (id, now) => Approve(id, now, request, by: Operator with { Scopes = ScopeSet.ReadWrite }));
        _registry.Refuses(RefusalCode.MissingScope,
            (id, now) => new RegistryCommand.Reject(id, now, request.Id, null, Operator with { Scopes = ScopeSet.ReadWrite }));
    }

    [Fact]
    public void Suffixes_ANameInUse()
    {
        _registry.Pair(1, "phone");

        Assert.Equal("Phone (2)", ApproveNamed(2, "Phone"));
        Assert.Equal("phone (3)", ApproveNamed(3, "phone"));
        Assert.Equal(["phone", "Phone (2)", "phone (3)"], _registry.State.Devices.Values.Select(device => device.Name).Order(StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void Suffixes_LongNames_WithinTheLimit()
    {
        var name = new string('x', DeviceName.MaximumLength);
        ApproveNamed(1, name);

        var second = ApproveNamed(2, name);

        Assert.Equal(DeviceName.MaximumLength, second.Length);
        Assert.EndsWith("x (2)", second, StringComparison.Ordinal);
    }

    [Fact]
    public void Finds_AFreeNumber_AmongThousands()
    {
        var names = Enumerable.Range(1, 3000).Select(device => ApproveNamed(device, "phone")).ToHashSet(StringComparer.OrdinalIgnoreCase);

        Assert.Equal(3000, names.Count);
    }

    [Fact]
    public void Frees_TheName_OfARevokedDevice()
    {
        _registry.Pair(1, "phone");
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        Assert.Equal("phone", ApproveNamed(2, "phone"));
    }

    [Fact]
    public void Adds_ToWhatALiveDeviceHolds()
    {
        _registry.Pair(1);
        var request = _registry.Request(1, scopes: new ScopeSet(Scope.Questions));

        var device = _registry.Do<RegistryReply.Approved>((id, now) => Approve(id, now, request)).Device;

        Assert.Equal(ScopeSet.DeviceDefault | new ScopeSet(Scope.Questions), device.Scopes);
        Assert.Equal("phone", device.Name);
    }

    [Fact]
    public void Lifts_ATombstone_AsAnEvent_AndGivesNothingOldBack()
    {
        _registry.Pair(1);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));
        var request = _registry.Request(1, scopes: new ScopeSet(Scope.Read));

        var device = _registry.Do<RegistryReply.Approved>((id, now) => Approve(id, now, request)).Device;

        Assert.IsType<RegistryEvent.TombstoneLifted>(_registry.Last.Events[0]);
        Assert.Equal(new ScopeSet(Scope.Read), device.Scopes);
        Assert.False(_registry.State.Devices[Id(1)].IsRevoked);
        Assert.Equal(0, _registry.State.RevokedCount);
    }

    [Fact]
    public void Ends_ARequest_WithTheReason()
    {
        var request = _registry.Request(1);

        var rejected = _registry.Do<RegistryReply.Rejected>((id, now) => new RegistryCommand.Reject(id, now, request.Id, " not yours ", Operator));

        Assert.Equal(Id(1), rejected.Device);
        Assert.Equal(new RegistryEvent.PairingRejected(Start, request.Id, "control:uid=1000", "not yours"), Assert.Single(_registry.Last.Events));
        _registry.Refuses(RefusalCode.PairingRequestNotFound, (id, now) => Approve(id, now, request));
    }

    [Fact]
    public void Refuses_ReasonsThatCannotBeShown()
    {
        var request = _registry.Request(1);

        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.Reject(id, now, request.Id, "a\u001b[2Jb", Operator));
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.Reject(id, now, request.Id, new string('x', 201), Operator));
    }

    private string ApproveNamed(int device, string name)
    {
        var request = _registry.Request(device, $"10.{device >> 16}.{(device >> 8) & 255}.{device & 255}", name);
        return _registry.Do<RegistryReply.Approved>((id, now) => Approve(id, now, request)).Device.Name;
    }

    private static RegistryCommand.Approve Approve(
        long id, DateTimeOffset now, PendingRequest request, string? symbols = "ABCD-EFGH", Principal? by = null) =>
        new(id, now, request.Id, symbols, null, null, by ?? Operator);
}
