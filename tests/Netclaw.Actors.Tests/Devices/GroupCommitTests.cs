using Akka.Actor;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

public sealed class GroupCommitTests : RegistryActorTest
{
    [Fact]
    public void Answers_InTheOrderAsked_EachOnWhatTheOnesBeforeDid()
    {
        Start();

        Tell(
            MintCode(1, Now),
            new RegistryCommand.BeginCode(2, Now, Code("aaaa")),
            RedeemCode(3, Now, Code("aaaa"), 1),
            RedeemCode(4, Now, Code("aaaa"), 2),
            RedeemCode(5, Now, Code("aaaa"), 1));

        Assert.Equal(1, Answer<RegistryReply.CodeMinted>().CommandId);
        Assert.NotNull(Answer<RegistryReply.CodeBegun>().Code);
        Assert.Equal(Id(1), Answer<RegistryReply.Paired>().Device.Id);
        Assert.Equal(RefusalCode.PairingCodeUsed, Answer<RegistryReply.Refused>().Code);
        Assert.Equal(5, Answer<RegistryReply.Paired>().CommandId);
    }

    [Fact]
    public void Says_Nothing_BeforeTheWriteIsDurable_NotEvenARefusal()
    {
        Start();
        Do<RegistryReply.Done>(new RegistryCommand.ExpireDue(0, Now));
        var seen = new List<(bool Answered, long Sequence)>();
        Probe.OnPersisted = _ => seen.Add((Asker.HasMessages, Current.Sequence));

        // The refusal is decided on the code that the first command mints: it must not come before that stands.
        Tell(MintCode(1, Now), MintCode(2, Now));
        Answer<RegistryReply.CodeMinted>();
        Assert.Equal(RefusalCode.HandlerUnavailable, Answer<RegistryReply.Refused>().Code);

        Assert.Equal((false, 0L), seen[0]);
    }

    [Fact]
    public void Writes_WhatWaited_AsOne_UpToTheBatchSize()
    {
        Start();
        using var held = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Probe.OnPersisted = sequence =>
        {
            if (sequence == 1)
            {
                held.Set();
                Assert.True(go.Wait(Longest));
            }
        };
        Tell(MintCode(0, Now));
        Assert.True(held.Wait(Longest));
        for (var i = 1; i <= 300; i++)
        {
            Tell(RequestPairing(i, Now, i, $"192.0.{i / 200}.{i % 200}", $"device {i}") with { FreshId = PairingRequestId.New() });
        }

        go.Set();
        Answer<RegistryReply.CodeMinted>();
        for (var i = 1; i <= 300; i++)
        {
            Assert.Equal(i, Answer<RegistryReply.Requested>().CommandId);
        }

        // 300 requests, and an eviction for each that came when a hundred waited: the first 256 of them in one write.
        Assert.Equal([1, 1 + 256 + 156, 1 + 300 + 200], Probe.Writes);
        Assert.Equal(WaitingRoom.Places, Current.Pending.Count);
    }

    [Fact]
    public void Answers_AtOnce_WhatWritesNothing()
    {
        Start();

        Assert.Null(Do<RegistryReply.CodeBegun>(new RegistryCommand.BeginCode(1, Now, Code("zzzz"))).Code);

        Assert.Empty(Probe.Writes);
    }

    [Fact]
    public void Decides_ByItsOwnClock_NotByTheTimeTheCommandWasMade()
    {
        Start();
        var made = Now;
        Do<RegistryReply.CodeMinted>(MintCode(1, made));
        Clock.Advance(IssuedCode.DefaultLifetime);

        Assert.Equal(RefusalCode.PairingCodeExpired, Do<RegistryReply.Refused>(RedeemCode(2, made, Code("aaaa"), 1)).Code);
    }

    [Fact]
    public void Refuses_TheWholeBatch_WhenTheWriteFails_AndStops()
    {
        Start();
        Do<RegistryReply.Done>(new RegistryCommand.ExpireDue(0, Now));
        AnotherWriterTakesTheNextPlace();

        Tell(MintCode(1, Now, "aaaa"), MintCode(2, Now, "aaaa"));

        Assert.Equal(RefusalCode.JournalUnavailable, Answer<RegistryReply.Refused>().Code);
        Assert.Equal(RefusalCode.JournalUnavailable, Answer<RegistryReply.Refused>().Code);
        ExpectTerminated(Registry, Longest);
        Assert.Equal(JournalFailureKind.WriteFailed, Health.Failure!.Kind);
        Assert.Equal("device-registry", Health.Failure.PersistenceId);
        Assert.Equal(1, Health.Failure.Sequence);
        Assert.Equal(0, Current.LiveCodes);
        Assert.Equal(0, Current.Sequence);
    }

    [Fact]
    public void Refuses_EveryChange_OnceTheJournalHasFailedAnywhere()
    {
        Start();
        Pair(1, "aaaa");
        Health.Report(new JournalFailure(JournalFailureKind.WriteFailed, "cron", 7, "disk full", Now));

        var refused = Do<RegistryReply.Refused>(MintCode(1, Now, "bbbb"));

        Assert.Equal(RefusalCode.JournalUnavailable, refused.Code);
        Assert.Contains("disk full", refused.Seen, StringComparison.Ordinal);
        Assert.Equal(1, Current.PairedCount);
    }

    [Fact]
    public void Loses_Nothing_WhenItFailsBetweenWriteAndAnswer()
    {
        Start();
        Do<RegistryReply.CodeMinted>(MintCode(1, Now));
        Probe.OnPersisted = _ => throw new InvalidOperationException("crash here");

        Assert.Equal(RefusalCode.HandlerUnavailable, Do<RegistryReply.Refused>(RedeemCode(2, Now, Code("aaaa"), 1)).Code);

        // It has started anew from the journal: the device is paired, and asking again is answered the same.
        Probe.OnPersisted = _ => { };
        Assert.Equal(Id(1), Do<RegistryReply.Paired>(RedeemCode(3, Now, Code("aaaa"), 1)).Device.Id);
        Assert.Equal(2, Current.Sequence);
    }

    private void AnotherWriterTakesTheNextPlace()
    {
        var (view, health, probe) = (new RegistryView(), new JournalHealth(), CreateTestProbe());
        var parts = Parts();
        var other = Sys.ActorOf(DeviceRegistryActor.Props(new RegistryParts
        {
            Journal = new JournalParts { Keys = parts.Journal.Keys, Health = health, Time = Clock }, View = view, Live = Live, Log = parts.Log,
        }));
        other.Tell(MintCode(1, Now, "cccc"), probe.Ref);
        probe.ExpectMsg<RegistryReply.CodeMinted>(Longest);
    }
}
