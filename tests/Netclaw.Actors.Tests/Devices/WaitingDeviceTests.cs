using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>A device that waits for an operator hears of the decision before the operator does.</summary>
public sealed class WaitingDeviceTests : RegistryActorTest
{
    [Fact]
    public void Wakes_TheDevice_BeforeTheApprovalIsAcknowledged()
    {
        Start();
        var request = Waiting(1);

        Tell(new RegistryCommand.Approve(2, Now, request.Id, "ABCD-EFGH", null, null, Operator));

        var resolved = Asker.ExpectMsg<SessionInput.PairingResolved>(Longest);
        Assert.Equal(Id(1), resolved.Approved!.Id);
        Assert.True(Current.Devices.ContainsKey(Id(1)));
        Answer<RegistryReply.Approved>();
    }

    [Fact]
    public void Wakes_TheDevice_AlsoWhenItFailedBeforeItCouldTell()
    {
        Start();
        var request = Waiting(1);
        Probe.OnPersisted = _ =>
        {
            Probe.OnPersisted = _ => { };
            throw new InvalidOperationException("crash here");
        };

        Tell(new RegistryCommand.Approve(2, Now, request.Id, "ABCD-EFGH", null, null, Operator));

        Assert.Equal(RefusalCode.HandlerUnavailable, Answer<RegistryReply.Refused>().Code);
        Assert.Equal(Id(1), Asker.ExpectMsg<SessionInput.PairingResolved>(Longest).Approved!.Id);
    }

    [Fact]
    public void Tells_TheDevice_WhyItWasRejected()
    {
        Start();
        var request = Waiting(1);

        Tell(new RegistryCommand.Reject(2, Now, request.Id, "not yours", Operator));

        var resolved = Asker.ExpectMsg<SessionInput.PairingResolved>(Longest);
        Assert.Equal((RefusalCode.PairingRejected, "not yours"), (resolved.Code, resolved.Reason));
        Answer<RegistryReply.Rejected>();
    }

    [Fact]
    public void Tells_TheDevice_WhenItsRequestRunsOut()
    {
        Start();
        var request = Waiting(1);

        Clock.Advance(PendingRequest.PendingLifetime);

        var resolved = Asker.ExpectMsg<SessionInput.PairingResolved>(Longest);
        Assert.Equal((request.Id, RefusalCode.PairingRequestExpired), (resolved.RequestId, resolved.Code));
        Assert.Empty(Current.Pending);
    }

    [Fact]
    public void Ends_EachRequest_AtItsOwnTime()
    {
        Start();
        Waiting(1);
        Clock.Advance(TimeSpan.FromMinutes(2));
        var second = Waiting(2);

        Clock.Advance(TimeSpan.FromMinutes(3));
        Assert.NotEqual(second.Id, Asker.ExpectMsg<SessionInput.PairingResolved>(Longest).RequestId);
        Do<RegistryReply.CodeBegun>(new RegistryCommand.BeginCode(8, Now, Code("zzzz")));
        Clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal(second.Id, Asker.ExpectMsg<SessionInput.PairingResolved>(Longest).RequestId);
    }

    [Fact]
    public void Tells_TheOldConnection_ThatItsRequestWasSuperseded()
    {
        Start();
        Waiting(1);

        Tell(RequestPairing(2, Now, 1, name: "tablet"));

        Assert.Equal(RefusalCode.PairingRequestSuperseded, Asker.ExpectMsg<SessionInput.PairingResolved>(Longest).Code);
        Answer<RegistryReply.Requested>();
    }

    [Fact]
    public void Tells_TheDevice_ThatItWasCrowdedOut()
    {
        Start();
        Waiting(1);
        Clock.Advance(TimeSpan.FromSeconds(1));
        for (var device = 2; device <= 5; device++)
        {
            Do<RegistryReply.Requested>(RequestPairing(device, Now, device));
        }

        Tell(RequestPairing(6, Now, 6));

        Assert.Equal(RefusalCode.TooManyConnections, Asker.ExpectMsg<SessionInput.PairingResolved>(Longest).Code);
    }

    [Fact]
    public void Counts_NoExpiredCode_AsLive()
    {
        Start();
        Do<RegistryReply.CodeMinted>(MintCode(1, Now));
        Assert.Equal(1, Current.LiveCodes);

        Clock.Advance(TimeSpan.FromMinutes(5));

        AwaitCondition(() => Current.LiveCodes == 0, Longest);
    }

    /// <summary>Device and operator are one probe here, so that the order of what they are told can be seen.</summary>
    private PendingRequest Waiting(int device)
    {
        var request = Do<RegistryReply.Requested>(RequestPairing(1, Now, device)).Request;
        var session = new FakeSession(Asker.Ref);
        Live.Enter(session.Live);
        Live.Enter(session.Live, Id(device));
        Live.Enter(session.Live, request.Id);
        return request;
    }
}
