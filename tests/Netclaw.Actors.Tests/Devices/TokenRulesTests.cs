using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Secrets;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>Device tokens: a rotation never widens anything (CVE-2026-32922).</summary>
public sealed class TokenRulesTests
{
    private static readonly ScopeSet Read = new(Scope.Read);
    private static readonly ScopeSet ReadAndPair = new(Scope.Read | Scope.Pairing);

    private readonly TestRegistry _registry = new();

    public TokenRulesTests() => _registry.Pair(1);

    [Fact]
    public void Rotates_OneTokenPerRole_ByItsHashAlone()
    {
        Rotate("first");
        var token = Assert.Single(Rotate("second").Tokens);

        Assert.Equal(("second", Role.Operator, ScopeSet.DeviceDefault), (token.Sha256, token.Role, token.Scopes));
    }

    [Fact]
    public void Keeps_TheScopesOfTheTokenBefore()
    {
        Rotate("first", Read);

        Assert.Equal(Read, Assert.Single(Rotate("second").Tokens).Scopes);
    }

    [Theory]
    [InlineData(Scope.Admin)]
    [InlineData(Scope.Read | Scope.TalkSecrets)]
    public void Refuses_MoreThanTheDeviceHolds(Scope scopes) => _registry.Refuses(
        RefusalCode.PairingScopeExceedsApprover, (id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Operator, new ScopeSet(scopes), "hash", Operator, Session));

    [Fact]
    public void Refuses_MoreThanTheAskerHolds_AndGivesNoMoreByDefault()
    {
        var narrow = DevicePrincipal(1, ReadAndPair);
        _registry.Refuses(
            RefusalCode.PairingScopeExceedsApprover, (id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Operator, ScopeSet.ReadWrite, "hash", narrow, Session));

        Assert.Equal(ReadAndPair, Assert.Single(Rotate("hash", by: narrow).Tokens).Scopes);
    }

    [Fact]
    public void Refuses_AnEmptyList_WhichNeverMeansAll() => _registry.Refuses(
        RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Operator, ScopeSet.Empty, "hash", Operator, Session));

    [Fact]
    public void Refuses_AnotherDevicesToken_ToWhoeverIsNoAdmin()
    {
        _registry.Pair(2, symbols: "bbbb");
        var other = DevicePrincipal(2, ScopeSet.DeviceDefault);

        _registry.Refuses(RefusalCode.MissingScope, (id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Operator, null, "hash", other, Session));
        _registry.Refuses(RefusalCode.MissingScope, (id, now) => new RegistryCommand.RevokeToken(id, now, Id(1), Role.Operator, other, Session));
    }

    [Fact]
    public void Refuses_ARoleThatTheDeviceDoesNotHave_AndADeviceThatNeedsNone()
    {
        using var native = SigningKey.Generate();
        _registry.Refuses(RefusalCode.RoleNotAllowed, (id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Node, null, "hash", Operator, Session));
        _registry.Do((id, now) => PairSilently(id, now, 3) with { Key = native.Public });
        _registry.Refuses(
            RefusalCode.InvalidRequest, (id, now) => new RegistryCommand.RotateToken(id, now, native.Public.DeviceId, Role.Operator, null, "hash", Operator, Session));
    }

    [Fact]
    public void Revokes_OneRolesToken_Once()
    {
        Rotate("hash");
        _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.RevokeToken(id, now, Id(1), Role.Operator, Operator, Session));

        Assert.Empty(_registry.State.Devices[Id(1)].Tokens);
        _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.RevokeToken(id, now, Id(1), Role.Operator, Operator, Session));
        Assert.Empty(_registry.Last.Events);
    }

    [Fact]
    public void Dies_WithItsDevice()
    {
        Rotate("hash");
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), null, Operator));

        Assert.Empty(_registry.State.Devices[Id(1)].Tokens);
    }

    [Fact]
    public void ATokenCheckedBeforeItsRotation_IsWrongAfterIt()
    {
        var token = new Secret("old token");
        var device = Rotate(DeviceTokens.HashOf(token));
        var offered = new Credentials { DeviceToken = SecretVerdict.Valid, DeviceGrant = DeviceTokens.Find(device, Role.Operator, token) };
        Assert.Equal(SecretVerdict.Valid, DeviceTokens.StillStanding(offered, _registry.State.View(_registry.Now, 1)).DeviceToken);

        Rotate("new");

        var standing = DeviceTokens.StillStanding(offered, _registry.State.View(_registry.Now, 2));
        Assert.Equal((SecretVerdict.Wrong, null), (standing.DeviceToken, standing.DeviceGrant));
    }

    [Fact]
    public void ATokenCheckedBeforeItsDeviceWasNarrowed_IsNarrowAfterIt()
    {
        var token = new Secret("token");
        var device = Rotate(DeviceTokens.HashOf(token));
        var offered = new Credentials { DeviceToken = SecretVerdict.Valid, DeviceGrant = DeviceTokens.Find(device, Role.Operator, token) };
        _registry.Do((id, now) => new RegistryCommand.SetScopes(id, now, Id(1), Read, Operator, Session));

        Assert.Equal(Read, DeviceTokens.StillStanding(offered, _registry.State.View(_registry.Now, 1)).DeviceGrant!.Scopes);
    }

    [Fact]
    public void FirstToken_IsIssuedOnce_WithWhatTheDeviceHolds()
    {
        var issued = Assert.Single(Issue(1, Role.Operator).Tokens);
        Assert.Equal((Role.Operator, "hash", "salt", ScopeSet.DeviceDefault), (issued.Role, issued.Sha256, issued.Salt, issued.Scopes));

        Issue(1, Role.Operator, "another");
        Assert.Empty(_registry.Last.Events);
        Assert.Equal("hash", Assert.Single(_registry.State.Devices[Id(1)].Tokens).Sha256);
    }

    [Fact]
    public void NoToken_IsIssued_ToWhoIsNotPaired_ForARoleItHasNot_OrToAKeyThatNeedsNone()
    {
        using var native = SigningKey.Generate();
        _registry.Do((id, now) => new RegistryCommand.PairSilently(id, now, native.Public, Role.Operator, ScopeSet.DeviceDefault, "native", "Linux", SilentVia.Local, "local:uid=1000", "127.0.0.1"));

        _registry.Refuses(RefusalCode.RoleNotAllowed, (id, now) => new RegistryCommand.IssueToken(id, now, Id(1), Role.Node, "hash", "salt"));
        _registry.Refuses(RefusalCode.RoleNotAllowed, (id, now) => new RegistryCommand.IssueToken(id, now, native.Public.DeviceId, Role.Operator, "hash", "salt"));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.IssueToken(id, now, Id(7), Role.Operator, "hash", "salt"));
        _registry.Do((id, now) => new RegistryCommand.Revoke(id, now, Id(1), "lost", Operator));
        _registry.Refuses(RefusalCode.DeviceRevoked, (id, now) => new RegistryCommand.IssueToken(id, now, Id(1), Role.Operator, "hash", "salt"));
    }

    [Fact]
    public void IssuedToken_IsWorkedOutAgain_FromItsSaltAlone_AndOnlyWhileItStands()
    {
        var sealer = JournalKeys.Generate().OpenSealer();
        var (token, salt) = DeviceTokens.New(sealer, Id(1), Role.Operator);
        _registry.Do((id, now) => new RegistryCommand.IssueToken(id, now, Id(1), Role.Operator, DeviceTokens.HashOf(token), salt));

        Assert.Equal(token.Reveal(), DeviceTokens.Known(sealer, _registry.State.Devices[Id(1)], Role.Operator)!.Token.Reveal());
        Assert.Null(DeviceTokens.Known(sealer, _registry.State.Devices[Id(1)], Role.Node));
        Assert.Null(DeviceTokens.Known(JournalKeys.Generate().OpenSealer(), _registry.State.Devices[Id(1)], Role.Operator));

        Assert.Null(DeviceTokens.Known(sealer, Rotate("made elsewhere"), Role.Operator));
    }

    private Device Issue(int device, Role role, string hash = "hash") =>
        _registry.Do<RegistryReply.Changed>((id, now) => new RegistryCommand.IssueToken(id, now, Id(device), role, hash, "salt")).Device;

    private Device Rotate(string hash, ScopeSet? scopes = null, Principal? by = null) => _registry.Do<RegistryReply.Changed>(
        (id, now) => new RegistryCommand.RotateToken(id, now, Id(1), Role.Operator, scopes, hash, by ?? Operator, Session)).Device;
}
