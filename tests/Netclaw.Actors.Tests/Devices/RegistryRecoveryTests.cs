using Akka.Actor;
using Netclaw.Actors.Bootstrap;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

public sealed class RegistryRecoveryTests : RegistryActorTest
{
    [Fact]
    public void Knows_AfterAStart_WhatItAcknowledgedBefore()
    {
        Start();
        Do<RegistryReply.Done>(new RegistryCommand.EnrolHost(1, Now, Key(9), "host"));
        var paired = Pair(1, "aaaa");
        Pair(2, "bbbb");
        Do<RegistryReply.Revoked>(new RegistryCommand.Revoke(4, Now, Id(2), "lost", Operator));
        var request = Do<RegistryReply.Requested>(RequestPairing(5, Now, 3)).Request;
        var sequence = Current.Sequence;
        Stop();

        Start();
        Assert.Equal(RefusalCode.PairingCodeUsed, Do<RegistryReply.Refused>(RedeemCode(6, Now, Code("aaaa"), 7)).Code);

        Assert.Equal(sequence, Current.Sequence);
        Assert.Equal(paired, Current.Devices[Id(1)] with { Roles = paired.Roles });
        Assert.True(Current.Devices[Id(2)].IsRevoked);
        Assert.Equal(request, Current.Pending[request.Id]);
        Assert.Equal(BootstrapPhase.Seeded, Current.Bootstrap);
        Assert.Equal(2, Current.PairedCount);
    }

    [Fact]
    public void Shows_NoView_UntilTheJournalIsRead()
    {
        Start();

        Do<RegistryReply.CodeMinted>(MintCode(1, Now));

        Assert.Equal(1, Current.Sequence);
        Assert.Equal(1, Current.LiveCodes);
    }

    public static TheoryData<int, string> Damages()
    {
        var all = new TheoryData<int, string>();
        for (var position = 1; position <= 5; position++)
        {
            all.Add(position, "a bit flipped");
            all.Add(position, "truncated");
            all.Add(position, "renamed");
            if (position < 5)
            {
                all.Add(position, "removed");
            }
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Refuses_ToStart_NamingTheFirstBadRecord(int position, string damage)
    {
        Start();
        foreach (var symbols in (string[])["aaaa", "bbbb", "cccc", "dddd", "eeee"])
        {
            Do<RegistryReply.CodeMinted>(MintCode(1, Now, symbols));
        }

        Stop();
        Assert.Equal(1, Sql("journal", damage switch
        {
            "a bit flipped" => $"UPDATE journal SET message = CAST(substr(message, 1, length(message) - 3) AS BLOB) || x'20' || CAST(substr(message, length(message) - 1) AS BLOB) WHERE sequence_number = {position}",
            "truncated" => $"UPDATE journal SET message = substr(message, 1, 40) WHERE sequence_number = {position}",
            "renamed" => $"UPDATE journal SET manifest = 'dr1.expired' WHERE sequence_number = {position}",
            _ => $"DELETE FROM journal WHERE sequence_number = {position}",
        }));

        Start();

        ExpectTerminated(Registry, Longest);
        Assert.Equal(JournalFailureKind.Unreadable, Health.Failure!.Kind);
        Assert.Equal("device-registry", Health.Failure.PersistenceId);
        Assert.Equal(position, Health.Failure.Sequence);
        Assert.Null(View.Current);
    }

    [Fact]
    public void Refuses_ToStart_WithAnotherKey()
    {
        Start();
        Pair(1, "aaaa");
        Stop();

        Start(JournalKeys.Generate());

        ExpectTerminated(Registry, Longest);
        Assert.Equal(1, Health.Failure!.Sequence);
        Assert.Null(View.Current);
    }

    [Fact]
    public void Starts_FromSnapshotAndTail()
    {
        Options = new RegistryOptions { SnapshotEvery = 10 };
        Start();
        for (var device = 1; device <= 5; device++)
        {
            Pair(device, $"aaa{device}", $"device {device}");
        }

        AwaitCondition(() => Count("snapshot", "SELECT count(*) FROM snapshot") > 0, Longest);
        Pair(6, "aaa6", "device 6");
        var before = Current;
        var snapshotAt = Count("snapshot", "SELECT max(sequence_number) FROM snapshot");
        Stop();

        // What the snapshot stands for is taken away: only the snapshot can know it.
        Assert.True(Sql("journal", $"DELETE FROM journal WHERE sequence_number <= {snapshotAt}") >= 10);
        Start();
        Do<RegistryReply.Done>(new RegistryCommand.ExpireDue(1, Now));

        Assert.Equal(before.Sequence, Current.Sequence);
        Assert.Equal(before.Devices.Keys.ToHashSet(), Current.Devices.Keys.ToHashSet());
        Assert.Equal(before.Devices[Id(6)].Name, Current.Devices[Id(6)].Name);
    }

    [Fact]
    public void Refuses_ToStart_FromADamagedSnapshot()
    {
        Options = new RegistryOptions { SnapshotAtStop = 1 };
        Start();
        Pair(1, "aaaa");
        Stop();
        Assert.Equal(1, Sql("snapshot", "UPDATE snapshot SET snapshot = substr(snapshot, 1, length(snapshot) - 2) || x'2020'"));

        Start();

        ExpectTerminated(Registry, Longest);
        Assert.Equal(3, Health.Failure!.Sequence);
        Assert.Contains("snapshot", Health.Failure.Cause, StringComparison.Ordinal);
        Assert.Null(View.Current);
    }

    [Fact]
    public void Keeps_TheLastTwoSnapshots()
    {
        Options = new RegistryOptions { SnapshotAtStop = 1 };
        for (var device = 1; device <= 4; device++)
        {
            Start();
            Pair(device, $"aaa{device}");
            Stop();
        }

        Start();
        Do<RegistryReply.Done>(new RegistryCommand.ExpireDue(1, Now));
        Assert.Equal(4, Current.PairedCount);
        Assert.Equal(12, Count("snapshot", "SELECT max(sequence_number) FROM snapshot"));
        AwaitCondition(() => Count("snapshot", "SELECT count(*) FROM snapshot") <= 3, Longest);
    }

    [Fact]
    public void Writes_WhatItWasAskedBefore_ThenStops()
    {
        Start();
        using var held = new ManualResetEventSlim();
        using var go = new ManualResetEventSlim();
        Probe.OnPersisted = _ =>
        {
            held.Set();
            Assert.True(go.Wait(Longest));
        };
        Tell(MintCode(1, Now, "aaaa"));
        Assert.True(held.Wait(Longest));
        Tell(MintCode(2, Now, "bbbb"));
        Registry.Tell(StopRegistry.Instance);
        Tell(MintCode(3, Now, "cccc"));
        go.Set();

        Assert.Equal(1, Answer<RegistryReply.CodeMinted>().CommandId);
        Assert.Equal(RefusalCode.GatewayStopping, Answer<RegistryReply.Refused>().Code);
        Assert.Equal(2, Answer<RegistryReply.CodeMinted>().CommandId);
        ExpectTerminated(Registry, Longest);
        Start();
        Do<RegistryReply.Done>(new RegistryCommand.ExpireDue(4, Now));
        Assert.Equal(2, Current.Sequence);
    }
}
