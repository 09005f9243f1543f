using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

public sealed class RevocationTests : RegistryActorTest
{
    [Fact]
    public void Closes_EverySession_ThenAcknowledges()
    {
        Start();
        Pair(1, "aaaa");
        var (first, firstActor) = Session(1);
        var (second, secondActor) = Session(1);
        var (_, other) = Session(2);

        Tell(new RegistryCommand.Revoke(7, Now, Id(1), "lost", Operator));

        var told = firstActor.ExpectMsg<SessionInput.DeviceRevoked>(Longest);
        Assert.Equal((Id(1), "lost"), (told.Device, told.Reason));
        secondActor.ExpectMsg<SessionInput.DeviceRevoked>(Longest);
        Assert.True(Current.Devices[Id(1)].IsRevoked);
        Assert.False(Asker.HasMessages);
        Sys.Stop(firstActor.Ref);
        Sys.Stop(secondActor.Ref);
        var revoked = Answer<RegistryReply.Revoked>();
        Assert.Equal((7, 2), (revoked.CommandId, revoked.ConnectionsClosed));
        Assert.True(revoked.Device.IsRevoked);
        Assert.False(first.Aborted.IsCompleted);
        Assert.False(second.Aborted.IsCompleted);
        Assert.False(other.HasMessages);
    }

    [Fact]
    public async Task Cuts_WhatIsNotClosed_AfterAHundredMilliseconds()
    {
        Start();
        Pair(1, "aaaa");
        var (slow, slowActor) = Session(1);
        Tell(new RegistryCommand.Revoke(7, Now, Id(1), null, Operator));
        slowActor.ExpectMsg<SessionInput.DeviceRevoked>(Longest);

        Clock.Advance(SessionCloser.Grace - TimeSpan.FromMilliseconds(1));
        Do<RegistryReply.CodeBegun>(new RegistryCommand.BeginCode(8, Now, Code("zzzz")));
        Assert.False(slow.Aborted.IsCompleted);
        Clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(1, Answer<RegistryReply.Revoked>().ConnectionsClosed);
        await slow.Aborted.WaitAsync(Longest);
    }

    [Fact]
    public void Goes_OnWithOtherWork_WhileSessionsClose()
    {
        Start();
        Pair(1, "aaaa");
        var (_, session) = Session(1);
        Tell(new RegistryCommand.Revoke(7, Now, Id(1), null, Operator));
        session.ExpectMsg<SessionInput.DeviceRevoked>(Longest);

        Do<RegistryReply.CodeMinted>(MintCode(8, Now, "bbbb"));
        Sys.Stop(session.Ref);

        Answer<RegistryReply.Revoked>();
    }

    [Fact]
    public async Task Cuts_WhatIsLeft_WhenTheRegistryStops()
    {
        Start();
        Pair(1, "aaaa");
        var (slow, session) = Session(1);
        Tell(new RegistryCommand.Revoke(7, Now, Id(1), null, Operator));
        session.ExpectMsg<SessionInput.DeviceRevoked>(Longest);

        Stop();

        await slow.Aborted.WaitAsync(Longest);
    }

    [Fact]
    public void Acknowledges_AtOnce_WhenNoSessionIsOpen_AlsoTheSecondTime()
    {
        Start();
        Pair(1, "aaaa");

        Assert.Equal(0, Do<RegistryReply.Revoked>(new RegistryCommand.Revoke(7, Now, Id(1), null, Operator)).ConnectionsClosed);
        var again = Do<RegistryReply.Revoked>(new RegistryCommand.Revoke(8, Now, Id(1), null, Operator));

        Assert.Equal(8, again.CommandId);
        Assert.Equal(2, Probe.Writes.Count(sequence => sequence > 2));
    }

    [Fact]
    public void Closes_WhatItMissed_WhenItFailedBeforeItCouldTell()
    {
        Start();
        Pair(1, "aaaa");
        var (_, session) = Session(1);
        Probe.OnPersisted = _ =>
        {
            Probe.OnPersisted = _ => { };
            throw new InvalidOperationException("crash here");
        };

        Tell(new RegistryCommand.Revoke(7, Now, Id(1), null, Operator));

        Assert.Equal(Id(1), session.ExpectMsg<SessionInput.DeviceRevoked>(Longest).Device);
        Assert.Equal(RefusalCode.HandlerUnavailable, Answer<RegistryReply.Refused>().Code);
    }

    [Fact]
    public void Survives_AStart()
    {
        Start();
        Pair(1, "aaaa");
        Do<RegistryReply.Revoked>(new RegistryCommand.Revoke(7, Now, Id(1), null, Operator));
        Stop();

        Start();

        Assert.Equal(RefusalCode.DeviceRevoked, Do<RegistryReply.Refused>(RedeemCode(8, Now, Code("aaaa"), 1)).Code);
        Assert.True(Current.Devices[Id(1)].IsRevoked);
    }

    private (FakeSession Session, Akka.TestKit.TestProbe Actor) Session(int device)
    {
        var actor = CreateTestProbe();
        var session = new FakeSession(actor.Ref);
        Live.Enter(session.Live);
        Live.Enter(session.Live, Id(device));
        return (session, actor);
    }
}
