using Akka.Actor;
using Akka.TestKit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Devices;

/// <summary>A journal that is long enough to be read on several cores: what it comes to, and what is refused, is as if it were read by one.</summary>
public sealed class LongRecoveryTests : RegistryActorTest
{
    /// <summary>Some pieces are whole, the last one is not.</summary>
    private const int Renames = 7_000;

    public LongRecoveryTests() => Options = new RegistryOptions { SnapshotEvery = int.MaxValue, SnapshotAtStop = int.MaxValue };

    [Fact]
    public void ComesToTheSameState_AndGoesOnFromItsHead()
    {
        var last = Write();
        var device = Current.Devices[Id(1)];
        Stop();

        Start();
        Do<RegistryReply.Done>(new RegistryCommand.ExpireDue(1, Now));
        Assert.Equal((last, device.Name, device.PairedAt), (Current.Sequence, Current.Devices[Id(1)].Name, Current.Devices[Id(1)].PairedAt));

        Pair(2, "bbbb", "tablet");
        Stop();
        Start();
        Do<RegistryReply.Done>(new RegistryCommand.ExpireDue(1, Now));
        Assert.Equal("tablet", Current.Devices[Id(2)].Name);
    }

    public static TheoryData<int, string> Damages()
    {
        var all = new TheoryData<int, string>();
        foreach (var position in (int[])[2048, 2049, 3072, 3073, 5000, Renames])
        {
            all.Add(position, "a bit flipped");
            all.Add(position, "renamed");
            all.Add(position, "removed");
            all.Add(position, "another's");
        }

        return all;
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void Refuses_ToStart_NamingTheFirstBadRecord(int position, string damage)
    {
        Write();
        Stop();
        Assert.Equal(1, Sql("journal", damage switch
        {
            "a bit flipped" => $"UPDATE journal SET message = CAST(substr(message, 1, length(message) - 3) AS BLOB) || x'20' || CAST(substr(message, length(message) - 1) AS BLOB) WHERE sequence_number = {position}",
            "renamed" => $"UPDATE journal SET manifest = 'dr1.expired' WHERE sequence_number = {position}",
            "another's" => $"UPDATE journal SET message = (SELECT message FROM journal WHERE sequence_number = {position - 1}) WHERE sequence_number = {position}",
            _ => $"DELETE FROM journal WHERE sequence_number = {position}",
        }));

        // A second one behind it must not be told in its place.
        Sql("journal", $"UPDATE journal SET message = substr(message, 1, 40) WHERE sequence_number = {Renames + 2}");
        Start();

        ExpectTerminated(Registry, Longest);
        Assert.Equal((JournalFailureKind.Unreadable, position), (Health.Failure!.Kind, Health.Failure.Sequence));
        Assert.Null(View.Current);
    }

    /// <returns>The last sequence number.</returns>
    private long Write()
    {
        Start();
        Pair(1, "aaaa");
        Tell([.. Enumerable.Range(1, Renames).Select(i => new RegistryCommand.Rename(i, Now, Id(1), $"phone {i}", Operator))]);
        for (var i = 1; i <= Renames; i++)
        {
            Answer<RegistryReply>();
        }

        Assert.Equal($"phone {Renames}", Current.Devices[Id(1)].Name);
        Assert.True(Current.Sequence > Renames + 2);
        return Current.Sequence;
    }
}
