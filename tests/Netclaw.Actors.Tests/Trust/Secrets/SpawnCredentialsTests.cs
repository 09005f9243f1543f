using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Trust.Secrets;

public sealed class SpawnCredentialsTests
{
    private static readonly Principal Scheduler = new(AuthMethod.ControlSocket, Role.Operator, ScopeSet.ReadWrite, null, "scheduler");

    private readonly TestClock _clock = new();
    private readonly SpawnCredentials _spawned;

    public SpawnCredentialsTests() => _spawned = new SpawnCredentials(_clock, new LiveSessions());

    [Fact]
    public void Grants_WhatWasAskedFor_ToItsRunAndUser()
    {
        var (run, credential) = Mint(Scheduler, ScopeSet.Parse(["read"], out _));
        var (verdict, grant) = _spawned.Verify(credential);

        Assert.Equal(SpawnVerdict.Valid, verdict);
        Assert.Equal(new SpawnGrant(run, ScopeSet.Parse(["read"], out _), 1000), grant);
        Assert.Equal(43, credential.Reveal().Length);
    }

    [Fact]
    public void NothingShown_IsNothing_AndAGuessIsUnknown()
    {
        var (_, credential) = Mint(Scheduler);

        Assert.Equal(SpawnVerdict.Absent, _spawned.Verify(null).Verdict);
        Assert.Equal(SpawnVerdict.Unknown, _spawned.Verify(new Secret("")).Verdict);
        Assert.Equal(SpawnVerdict.Unknown, _spawned.Verify(new Secret(credential.Reveal() + "A")).Verdict);
        Assert.Equal(SpawnVerdict.Unknown, new SpawnCredentials(_clock, new LiveSessions()).Verify(credential).Verdict);
    }

    [Fact]
    public void RefusesMoreThanTheParentHas()
    {
        var refused = Assert.IsType<SpawnMint.Refused>(_spawned.Mint(Request(Scheduler, ScopeSet.All)));

        Assert.Equal(RefusalCode.MissingScope, refused.Code);
        Assert.DoesNotContain("operator.read", refused.Seen, StringComparison.Ordinal);
    }

    [Fact]
    public void AChildOfARun_GetsNoMoreThanTheRun()
    {
        var (parent, credential) = Mint(Scheduler, ScopeSet.Parse(["read"], out _));
        var grant = _spawned.Verify(credential).Grant!;
        var asRun = new Principal(AuthMethod.Spawn, Role.Operator, grant.Scopes, null, $"run:{parent}") { Run = parent };

        Assert.Equal(RefusalCode.MissingScope, Assert.IsType<SpawnMint.Refused>(_spawned.Mint(Request(asRun, ScopeSet.ReadWrite))).Code);
        Assert.IsType<SpawnMint.Minted>(_spawned.Mint(Request(asRun, ScopeSet.Parse(["read"], out _))));
    }

    [Fact]
    public void Ends_AtItsTime()
    {
        var (_, credential) = Mint(Scheduler, lifetime: TimeSpan.FromSeconds(30));
        _clock.Advance(TimeSpan.FromSeconds(29));
        Assert.Equal(SpawnVerdict.Valid, _spawned.Verify(credential).Verdict);
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((SpawnVerdict.Expired, (SpawnGrant?)null), _spawned.Verify(credential));
        _spawned.EndDue();
        Assert.Equal(SpawnVerdict.Expired, _spawned.Verify(credential).Verdict);
    }

    [Fact]
    public void Ends_WithItsProcess_ButNotItsChildren()
    {
        var (run, credential) = Mint(Scheduler);
        var (_, ofChild) = Mint(Scheduler with { Run = run });
        _spawned.End(run);

        Assert.Equal(SpawnVerdict.Expired, _spawned.Verify(credential).Verdict);
        Assert.Equal(SpawnVerdict.Valid, _spawned.Verify(ofChild).Verdict);
        _spawned.Cancel(run);
        Assert.Equal(SpawnVerdict.Expired, _spawned.Verify(credential).Verdict);
        Assert.Equal(SpawnVerdict.Revoked, _spawned.Verify(ofChild).Verdict);
    }

    [Fact]
    public void Cancelling_TakesTheWholeTree_AndNothingBesideIt()
    {
        var (root, ofRoot) = Mint(Scheduler);
        var (child, ofChild) = Mint(Scheduler with { Run = root });
        var (_, ofGrandchild) = Mint(Scheduler with { Run = child });
        var (_, ofStranger) = Mint(Scheduler);
        _spawned.Cancel(root);

        Assert.All((Secret[])[ofRoot, ofChild, ofGrandchild], credential => Assert.Equal(SpawnVerdict.Revoked, _spawned.Verify(credential).Verdict));
        Assert.Equal(SpawnVerdict.Valid, _spawned.Verify(ofStranger).Verdict);
        Assert.Equal(RefusalCode.SpawnCredentialRevoked, Assert.IsType<SpawnMint.Refused>(_spawned.Mint(Request(Scheduler with { Run = child }, ScopeSet.ReadWrite))).Code);
    }

    [Fact]
    public void ARun_HasOneCredential()
    {
        var request = Request(Scheduler, ScopeSet.ReadWrite);
        Assert.IsType<SpawnMint.Minted>(_spawned.Mint(request));

        Assert.IsType<SpawnMint.Refused>(_spawned.Mint(request));
        _spawned.End(request.Run);
        Assert.IsType<SpawnMint.Refused>(_spawned.Mint(request));
    }

    [Fact]
    public void IsBounded_AndMakesRoomByEnding()
    {
        var runs = Enumerable.Range(0, SpawnCredentials.MostRuns).Select(_ => Mint(Scheduler).Run).ToList();
        Assert.Equal(RefusalCode.TooManyConnections, Assert.IsType<SpawnMint.Refused>(_spawned.Mint(Request(Scheduler, ScopeSet.Empty))).Code);
        _spawned.End(runs[0]);

        Assert.IsType<SpawnMint.Minted>(_spawned.Mint(Request(Scheduler, ScopeSet.Empty)));
    }

    [Fact]
    public void ForgetsTheOldestThatAreOver_AndRefusesThemStill()
    {
        var (first, credential) = Mint(Scheduler);
        _spawned.End(first);
        for (var i = 0; i < 5000; i++)
        {
            _spawned.End(Mint(Scheduler).Run);
        }

        Assert.Equal(SpawnVerdict.Unknown, _spawned.Verify(credential).Verdict);
    }

    private (RunId Run, Secret Credential) Mint(Principal parent, ScopeSet? scopes = null, TimeSpan? lifetime = null)
    {
        var request = Request(parent, scopes ?? ScopeSet.ReadWrite, lifetime);
        return (request.Run, Assert.IsType<SpawnMint.Minted>(_spawned.Mint(request)).Credential);
    }

    private static SpawnRequest Request(Principal parent, ScopeSet scopes, TimeSpan? lifetime = null) =>
        new(RunId.New(), parent, scopes, lifetime ?? TimeSpan.FromHours(1), 1000);
}
