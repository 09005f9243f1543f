using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Tests.Devices;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Pairing;

public sealed class CodeRulesTests
{
    private readonly TestRegistry _registry = new();

    [Fact]
    public void Pairs_TheDeviceAndSpendsTheCode_InOneRecord()
    {
        var code = _registry.Mint();

        var device = _registry.Redeem(code, 1);

        var redeemed = Assert.IsType<RegistryEvent.CodeRedeemed>(Assert.Single(_registry.Last.Events));
        Assert.Equal(code, redeemed.CodeId);
        Assert.Equal(device, redeemed.Device);
        Assert.Equal(device, _registry.State.Devices[Id(1)]);
        Assert.Equal(Id(1), _registry.State.Codes[code].SpentBy);
        Assert.Equal(ScopeSet.DeviceDefault, device.Scopes);
        Assert.Equal<Role>([Role.Operator], device.Roles);
        Assert.Equal("control:uid=1000", device.PairedBy);
    }

    [Fact]
    public void Answers_TheSameDeviceTheSame_WhenItRedeemsAgain()
    {
        var code = _registry.Mint();
        var first = _registry.Redeem(code, 1);

        Assert.Equal(first, _registry.Redeem(code, 1));
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Refuses_AnotherDevice_OnceSpent()
    {
        var code = _registry.Mint();
        _registry.Redeem(code, 1);

        _registry.Refuses(RefusalCode.PairingCodeUsed, (id, now) => RedeemCode(id, now, code, 2));
        Assert.False(_registry.State.Devices.ContainsKey(Id(2)));
    }

    [Fact]
    public void Refuses_AnotherDevice_WhenSpentAndExpired()
    {
        var code = _registry.Mint();
        _registry.Redeem(code, 1);
        _registry.Now += IssuedCode.DefaultLifetime;

        _registry.Refuses(RefusalCode.PairingCodeUsed, (id, now) => RedeemCode(id, now, code, 2));
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Checks_ExpiryAgain_AtCommit(int millisecondsPastExpiry, bool paired)
    {
        var code = _registry.Mint();
        _registry.Now += IssuedCode.DefaultLifetime + TimeSpan.FromMilliseconds(millisecondsPastExpiry);

        if (paired)
        {
            _registry.Redeem(code, 1);
        }
        else
        {
            _registry.Refuses(RefusalCode.PairingCodeExpired, (id, now) => RedeemCode(id, now, code, 1));
        }
    }

    [Fact]
    public void Forgets_TheReason_TenMinutesAfterExpiry()
    {
        var code = _registry.Mint();
        _registry.Now += IssuedCode.DefaultLifetime + IssuedCode.KeptAfterExpiry;

        _registry.Refuses(RefusalCode.PairingCodeInvalid, (id, now) => RedeemCode(id, now, code, 1));
        Assert.Null(_registry.Do<RegistryReply.CodeBegun>((id, now) => new RegistryCommand.BeginCode(id, now, code)).Code);
    }

    [Fact]
    public void Purges_ForgottenCodes_WhenTheNextIsMinted()
    {
        _registry.Mint("aaaa");
        _registry.Now += IssuedCode.DefaultLifetime + IssuedCode.KeptAfterExpiry;
        _registry.Mint("bbbb");

        Assert.Equal([Code("bbbb")], _registry.State.Codes.Keys);
    }

    [Fact]
    public void Counts_EachBegunExchange_BeforeItIsAnswered()
    {
        var code = _registry.Mint();
        for (var attempt = 1; attempt <= IssuedCode.MaximumTries; attempt++)
        {
            var begun = _registry.Do<RegistryReply.CodeBegun>((id, now) => new RegistryCommand.BeginCode(id, now, code));
            Assert.NotNull(begun.Code);
            Assert.False(begun.Code.Expired);
            Assert.Equal(new RegistryEvent.CodeTried(Start, code, attempt), Assert.Single(_registry.Last.Events));
        }

        var dead = _registry.Do<RegistryReply.CodeBegun>((id, now) => new RegistryCommand.BeginCode(id, now, code));
        Assert.Null(dead.Code);
        Assert.Empty(_registry.Last.Events);
        Assert.Equal(0, _registry.State.View(_registry.Now, 0).LiveCodes);
    }

    [Fact]
    public void Lets_TheFifthExchange_StillPair()
    {
        var code = _registry.Mint();
        for (var attempt = 0; attempt < IssuedCode.MaximumTries; attempt++)
        {
            _registry.Do((id, now) => new RegistryCommand.BeginCode(id, now, code));
        }

        Assert.Equal(Id(1), _registry.Redeem(code, 1).Id);
    }

    [Fact]
    public void Answers_UnknownIds_LikeDeadOnes()
    {
        var unknown = _registry.Do<RegistryReply.CodeBegun>((id, now) => new RegistryCommand.BeginCode(id, now, Code("zzzz")));

        Assert.Null(unknown.Code);
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Tells_TheExchange_WhatASpentOrExpiredCodeIs()
    {
        var code = _registry.Mint();
        _registry.Redeem(code, 1);
        _registry.Now += IssuedCode.DefaultLifetime;

        var begun = _registry.Do<RegistryReply.CodeBegun>((id, now) => new RegistryCommand.BeginCode(id, now, code)).Code;

        Assert.NotNull(begun);
        Assert.True(begun.Expired);
        Assert.Equal(Id(1), begun.SpentBy);
    }

    [Fact]
    public void Refuses_OtherRoles_AndScopesThatWereNotOffered()
    {
        var code = _registry.Mint(scopes: new ScopeSet(Scope.Read));

        _registry.Refuses(RefusalCode.PairingScopeNotOffered, (id, now) => RedeemCode(id, now, code, 1, role: Role.Node));
        _registry.Refuses(RefusalCode.PairingScopeNotOffered, (id, now) => RedeemCode(id, now, code, 1, scopes: new ScopeSet(Scope.Admin)));
        Assert.Equal(new ScopeSet(Scope.Read), _registry.Redeem(code, 1).Scopes);
    }

    [Fact]
    public void Keeps_AtMostThirtyTwo_Live()
    {
        for (var i = 0; i < IssuedCode.MaximumLive; i++)
        {
            _registry.Mint(Symbols(i));
        }

        _registry.Refuses(RefusalCode.TooManyLiveCodes, (id, now) => MintCode(id, now, "zzzz"));
        _registry.Redeem(Code(Symbols(0)), 1);
        _registry.Mint("zzzz");
    }

    [Fact]
    public void Keeps_ABoundedNumber_HoweverFastTheyAreSpent()
    {
        for (var i = 0; i < IssuedCode.MaximumKept + 40; i++)
        {
            _registry.Redeem(_registry.Mint(Symbols(i)), 1);
            _registry.Now += TimeSpan.FromMilliseconds(1);
        }

        Assert.Equal(IssuedCode.MaximumKept, _registry.State.Codes.Count);
        Assert.False(_registry.State.Codes.ContainsKey(Code(Symbols(0))));
    }

    [Fact]
    public void Refuses_AnIdInUse_AsSomethingToTryAgain()
    {
        _registry.Mint("aaaa");

        _registry.Refuses(RefusalCode.HandlerUnavailable, (id, now) => MintCode(id, now, "aaaa"));
    }

    [Fact]
    public void Refuses_ToMint_MoreThanTheMinterHolds()
    {
        _registry.Pair(7);
        var holder = DevicePrincipal(7, ScopeSet.DeviceDefault);

        _registry.Refuses(RefusalCode.PairingScopeExceedsApprover, (id, now) => MintCode(id, now, "bbbb", scopes: ScopeSet.All, by: holder));
        _registry.Refuses(RefusalCode.MissingScope, (id, now) => MintCode(id, now, "bbbb", Role.Node, ScopeSet.Empty, by: holder));
        _registry.Refuses(RefusalCode.MissingScope, (id, now) => MintCode(id, now, "bbbb", by: holder with { Scopes = ScopeSet.ReadWrite }));
        _registry.Do<RegistryReply.CodeMinted>((id, now) => MintCode(id, now, "bbbb", by: holder));
    }

    [Fact]
    public void Refuses_ToMint_WhatNobodyCouldUse()
    {
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => MintCode(id, now, scopes: ScopeSet.Empty));
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => MintCode(id, now) with { Lifetime = TimeSpan.Zero });
        _registry.Refuses(RefusalCode.InvalidRequest, (id, now) => MintCode(id, now) with { Lifetime = TimeSpan.FromHours(2) });
        _registry.Refuses(RefusalCode.DeviceNameInvalid, (id, now) => MintCode(id, now, name: "a\u202eb"));
    }

    [Fact]
    public void Names_TheDevice_AsTheCodeSays()
    {
        var code = _registry.Mint(name: "  kitchen ");

        Assert.Equal("kitchen", _registry.Redeem(code, 1, "phone").Name);
    }

    [Fact]
    public void LiftsNoTombstone_WhenTheSpentCodeIsShownAgain()
    {
        var code = _registry.Mint();
        _registry.Redeem(code, 1);
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => RedeemCode(id, now, code, 1));
        Assert.True(_registry.State.Devices[Id(1)].IsRevoked);
    }

    [Fact]
    public void Refuses_TheHostCredential()
    {
        _registry.Do((id, now) => new RegistryCommand.EnrolHost(id, now, Key(9), "host"));
        var code = _registry.Mint();

        _registry.Refuses(RefusalCode.HostCredentialNotLocal, (id, now) => RedeemCode(id, now, code, 9));
    }

    internal static string Symbols(int number)
    {
        const string alphabet = "0123456789abcdefghjkmnpqrstvwxyz";
        return string.Concat(Enumerable.Range(0, 4).Select(at => alphabet[(number >> (5 * at)) & 31]));
    }
}
