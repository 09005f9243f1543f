using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Pairing;

public sealed class SetupRulesTests
{
    private static readonly SaltedHash Hash = SetupTokens.New().Kept;

    private readonly TestRegistry _registry = new();

    [Fact]
    public void Pairs_TheDeviceAndSpendsTheCode_InOneRecord()
    {
        var setup = Mint();

        var device = Assert.IsType<RegistryReply.Paired>(_registry.Do((id, now) => Redeem(id, now, setup, 1))).Device;

        Assert.Equal(setup, Assert.IsType<RegistryEvent.SetupCodeRedeemed>(Assert.Single(_registry.Last.Events)).Setup);
        Assert.Equal((PairedVia.Setup, "control:uid=1000"), (device.Via, device.PairedBy));
        Assert.Equal<Role>([Role.Node], device.Roles);
        Assert.Equal(ScopeSet.Empty, device.Scopes);
        Assert.Equal(Id(1), _registry.State.Setups[setup].SpentBy);
    }

    [Fact]
    public void Answers_TheSameDeviceTheSame_AndNoOther()
    {
        var setup = Mint();
        _registry.Do((id, now) => Redeem(id, now, setup, 1));

        Assert.IsType<RegistryReply.Paired>(_registry.Do((id, now) => Redeem(id, now, setup, 1)));
        Assert.Empty(_registry.Last.Events);
        _registry.Refuses(RefusalCode.SetupCodeInvalid, (id, now) => Redeem(id, now, setup, 2));
    }

    [Fact]
    public void HandsOverTheOtherRolesToken_WhereTheCodeIsGoodForIt_AndNeverMoreThanItGrants()
    {
        var limited = new ScopeSet(Scope.Read | Scope.Write);
        var app = Mint(limited, Role.Operator, Role.Node);
        _registry.Do((id, now) => Redeem(id, now, app, 1));
        var node = Mint();
        _registry.Do((id, now) => Redeem(id, now, node, 2));

        Assert.Equal([Role.Node, Role.Operator], Issue(1, app).Tokens.Select(token => token.Role));
        Assert.Equal([limited, ScopeSet.Empty], _registry.State.Devices[Id(1)].Tokens.Select(token => token.Scopes).OrderByDescending(scopes => scopes.Flags));
        Assert.Equal([Role.Node], Issue(2, node).Tokens.Select(token => token.Role)); // not its code's role
        Assert.Equal([Role.Node], IssueAnew(2, app).Tokens.Select(token => token.Role)); // not its code
    }

    [Fact]
    public void Refuses_WhatHasRunOut()
    {
        var setup = Mint();
        _registry.Now += IssuedSetup.Lifetime;

        _registry.Refuses(RefusalCode.SetupCodeInvalid, (id, now) => Redeem(id, now, setup, 1));
    }

    [Fact]
    public void Lifts_ATombstone_WhenFresh_ButNotWhenSpent()
    {
        var first = Mint();
        _registry.Do((id, now) => Redeem(id, now, first, 1));
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => Redeem(id, now, first, 1));
        var second = Mint();
        Assert.IsType<RegistryReply.Paired>(_registry.Do((id, now) => Redeem(id, now, second, 1)));
        Assert.IsType<RegistryEvent.TombstoneLifted>(_registry.Last.Events[0]);
    }

    [Fact]
    public void Voids_EveryCode_OfTheJournalBefore()
    {
        var setup = Mint();
        _registry.Do((id, now) => new RegistryCommand.BeginEpoch(id, now, 2, EpochCause.Restore, [], SuspendDevices: false));

        Assert.Empty(_registry.State.Setups);
        _registry.Refuses(RefusalCode.SetupCodeInvalid, (id, now) => Redeem(id, now, setup, 1));
    }

    [Fact]
    public void Keeps_ABoundedNumberWaiting()
    {
        for (var i = 0; i < IssuedSetup.MaximumLive; i++)
        {
            Mint();
        }

        _registry.Refuses(RefusalCode.TooManyLiveCodes, (id, now) => MintSetup(id, now, SetupCodeId.New()));
    }

    private SetupCodeId Mint(ScopeSet scopes = default, params Role[] roles)
    {
        var setup = SetupCodeId.New();
        Assert.IsType<RegistryReply.SetupMinted>(_registry.Do((id, now) => MintSetup(id, now, setup) with { Scopes = scopes, Roles = roles is [] ? [Role.Node] : [.. roles] }));
        return setup;
    }

    private Device IssueAnew(int device, SetupCodeId setup)
    {
        _registry.Do((id, now) => new RegistryCommand.RevokeToken(id, now, Id(device), Role.Node, Operator, default));
        return Issue(device, setup);
    }

    private Device Issue(int device, SetupCodeId setup) => _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.IssueToken(id, now, Id(device), Role.Node, "hash", "salt")
    {
        Beside = new TokenHandover(setup, Role.Operator, "other", "salt"),
    }).Device;

    private static RegistryCommand.MintSetup MintSetup(long id, DateTimeOffset now, SetupCodeId setup) => new(id, now, setup, Hash, [Role.Node], ScopeSet.Empty, null, Operator);

    private static RegistryCommand.RedeemSetup Redeem(long id, DateTimeOffset now, SetupCodeId setup, int device) => new(id, now, setup, Key(device), "builder", "linux", "192.0.2.1");
}
