using Akka.Actor;
using Akka.TestKit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;
using Scope = Netclaw.Protocol.Scope;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>Which live sessions end with a change of their device, and when it is acknowledged; who was seen when.</summary>
public sealed class DeviceChangeActorTests : RegistryActorTest
{
    private static readonly ScopeSet Read = new(Scope.Read);

    [Fact]
    public void Narrowing_EndsTheSessionsThatHoldMore_BeforeItIsAcknowledged()
    {
        Start();
        Pair(1, "aaaa");
        var wide = Session(DevicePrincipal(1, ScopeSet.DeviceDefault));
        var narrow = Session(DevicePrincipal(1, Read));

        Tell(new RegistryCommand.SetScopes(7, Now, Id(1), Read, Operator, TestRegistry.Session));

        Assert.Equal(Id(1), wide.Probe.ExpectMsg<SessionInput.AccessEnded>(Longest).Device);
        Assert.Equal(Read, Current.Devices[Id(1)].Scopes);
        Assert.False(Asker.HasMessages);
        Sys.Stop(wide.Probe.Ref);
        Assert.Equal(1, Answer<RegistryReply.Changed>().ConnectionsClosed);
        Assert.False(narrow.Probe.HasMessages);
    }

    [Fact]
    public void Widening_EndsNobody()
    {
        Start();
        Pair(1, "aaaa");
        var session = Session(DevicePrincipal(1, ScopeSet.DeviceDefault));

        Assert.Equal(0, Do<RegistryReply.Changed>(new RegistryCommand.SetScopes(7, Now, Id(1), ScopeSet.All, Operator, TestRegistry.Session)).ConnectionsClosed);
        Assert.False(session.Probe.HasMessages);
    }

    [Fact]
    public void RotatingAToken_EndsTheSessionsOfTheOldOne_AndNoOthers()
    {
        Start();
        Pair(1, "aaaa");
        var byToken = Session(DevicePrincipal(1, Read) with { Method = AuthMethod.DeviceToken });
        var byTokenAsNode = Session(DevicePrincipal(1, Read) with { Method = AuthMethod.DeviceToken, Role = Role.Node });
        var byKey = Session(DevicePrincipal(1, Read));

        Tell(new RegistryCommand.RotateToken(7, Now, Id(1), Role.Operator, null, "hash", Operator, TestRegistry.Session));

        byToken.Probe.ExpectMsg<SessionInput.AccessEnded>(Longest);
        Sys.Stop(byToken.Probe.Ref);
        Assert.Equal(1, Answer<RegistryReply.Changed>().ConnectionsClosed);
        Assert.False(byKey.Probe.HasMessages || byTokenAsNode.Probe.HasMessages);
    }

    [Fact]
    public async Task SlowSessions_AreCutAfterAHundredMilliseconds()
    {
        Start();
        Pair(1, "aaaa");
        var slow = Session(DevicePrincipal(1, ScopeSet.DeviceDefault));
        Tell(new RegistryCommand.SetScopes(7, Now, Id(1), Read, Operator, TestRegistry.Session));
        slow.Probe.ExpectMsg<SessionInput.AccessEnded>(Longest);

        Clock.Advance(SessionCloser.Grace);

        Answer<RegistryReply.Changed>();
        await slow.Fake.Aborted.WaitAsync(Longest);
    }

    [Fact]
    public void TheAskersOwnSession_HasItsAnswerFirst_ThenEndsToo()
    {
        Start();
        Pair(1, "aaaa");
        var own = Session(DevicePrincipal(1, ScopeSet.DeviceDefault));

        Assert.Equal(1, Do<RegistryReply.Changed>(new RegistryCommand.SetScopes(7, Now, Id(1), Read, Operator, own.Fake.Live.Id)).ConnectionsClosed);
        Assert.False(own.Probe.HasMessages);
        // The grace begins after the answer, on the closer's own turn: time goes on until it has begun and ended.
        AwaitCondition(
            () =>
            {
                Clock.Advance(SessionCloser.AskerGrace);
                return own.Probe.HasMessages;
            },
            Longest);

        own.Probe.ExpectMsg<SessionInput.AccessEnded>(Longest);
    }

    [Fact]
    public void WhoCameOrWent_IsWrittenOnceAMinute_InOneRecord()
    {
        Start();
        Pair(1, "aaaa");
        Pair(2, "bbbb");
        var before = Current.Sequence;
        Live.Seen.Note(Id(1));
        Live.Seen.Note(Id(2));
        Live.Seen.Note(Id(1));

        Clock.Advance(Options.SeenEvery);
        AwaitCondition(() => Current.Devices[Id(2)].SeenAt is not null, Longest);

        Assert.Equal(before + 1, Current.Sequence);
        Assert.Equal(Current.Devices[Id(1)].SeenAt, Current.Devices[Id(2)].SeenAt);
        Clock.Advance(Options.SeenEvery);
        Do<RegistryReply.CodeBegun>(new RegistryCommand.BeginCode(9, Now, Code("zzzz")));
        Assert.Equal(before + 1, Current.Sequence);
    }

    [Fact]
    public void WhoWasSeenLast_IsWrittenAtTheStop_AndStandsAfterwards()
    {
        Start();
        Pair(1, "aaaa");
        Live.Seen.Note(Id(1));
        var at = Now;

        Stop();
        Start();
        Do<RegistryReply.CodeBegun>(new RegistryCommand.BeginCode(9, Now, Code("zzzz")));

        Assert.Equal(at, Current.Devices[Id(1)].SeenAt);
    }

    private (FakeSession Fake, TestProbe Probe) Session(Principal principal)
    {
        var probe = CreateTestProbe();
        var fake = new FakeSession(probe.Ref, principal);
        Live.Enter(fake.Live);
        Live.Enter(fake.Live, principal.Device!.Value);
        return (fake, probe);
    }
}
