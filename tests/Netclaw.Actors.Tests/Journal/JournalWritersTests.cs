using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Actors.Tests.Devices;
using static Netclaw.Actors.Tests.Devices.TestRegistry;

namespace Netclaw.Actors.Tests.Journal;

/// <summary>That no writer can be left behind by a return, and that a journal which went back is noticed within the process.</summary>
public sealed class JournalWritersTests : RegistryActorTest
{
    private static readonly JournalFailure Away = new(JournalFailureKind.Away, "device-registry", 0, "the server is gone", TestRegistry.Start);

    [Fact]
    public void Return_IsRefused_WhileALivingWriterHasNotReadTheJournalAnew()
    {
        Start();
        Pair(1, "aaaa");
        Health.Report(Away);

        Assert.Equal([DeviceRegistryActor.Id], Health.TryRegain());
        Assert.False(Health.IsHealthy);

        Again();
        AwaitAssert(() => Assert.Empty(Health.TryRegain()), Longest);
        Assert.True(Health.IsHealthy);
        Pair(2, "bbbb");
    }

    [Fact]
    public void Reading_FromBeforeTheLastReport_CountsForNothing()
    {
        Start();
        Pair(1, "aaaa");
        Health.Report(Away);
        Again();
        AwaitCondition(() => Health.Writers.Living is [{ Recovery.IsCompleted: true }], Longest);

        Health.Report(Away with { Cause = "gone again" });

        Assert.Equal([DeviceRegistryActor.Id], Health.TryRegain());
        Assert.False(Health.IsHealthy);
    }

    [Fact]
    public void Writer_ThatEnded_HoldsNobodyUp()
    {
        Start();
        Pair(1, "aaaa");
        Health.Report(Away);
        Stop();

        Assert.Empty(Health.Writers.Living);
        Assert.Empty(Health.TryRegain());
    }

    [Theory]
    [InlineData("DELETE FROM journal WHERE sequence_number = (SELECT max(sequence_number) FROM journal)", "it went back")]
    [InlineData("DELETE FROM journal", "it went back")]
    public void Journal_ThatEndsBeforeWhatWasSeenDurable_IsRefused(string loss, string words)
    {
        Start();
        Pair(1, "aaaa");
        Pair(2, "bbbb");
        var seen = Health.Writers.Head(DeviceRegistryActor.Id)!.Value.Sequence;
        Health.Report(Away);
        Stop();
        Sql("journal", loss);

        Again();

        ExpectTerminated(Registry, Longest);
        Assert.Equal(JournalFailureKind.Unreadable, Health.Failure!.Kind);
        Assert.Contains(words, Health.Failure!.Cause, StringComparison.Ordinal);
        Assert.Contains($"this process has seen {seen} durable", Health.Failure.Cause, StringComparison.Ordinal);
        Assert.Equal(seen, View.Current!.Sequence);
    }

    [Fact]
    public void Journal_ThatWentBackAndOnAnotherWay_IsRefused()
    {
        Start();
        Do<RegistryReply.CodeMinted>(MintCode(1, Now, "aaaa"));
        Do<RegistryReply.CodeMinted>(MintCode(2, Now, "bbbb"));
        var (health, view) = (Health, View);
        Stop();
        Sql("journal", "CREATE TABLE kept AS SELECT * FROM journal WHERE sequence_number = 2");
        Sql("journal", "DELETE FROM journal WHERE sequence_number = 2");

        // Another process on the older journal, with the same keys.
        Start();
        Do<RegistryReply.CodeMinted>(MintCode(3, Now, "cccc"));
        Stop();
        Again(health, view);
        AwaitCondition(() => Health.Failure is { Kind: JournalFailureKind.Unreadable }, Longest);

        Assert.Contains("went back and then on another way", Health.Failure!.Cause, StringComparison.Ordinal);
        Assert.Equal(2, Health.Failure.Sequence);
        ExpectTerminated(Registry, Longest);

        Sql("journal", "DELETE FROM journal WHERE sequence_number = 2");
        Sql("journal", "INSERT INTO journal SELECT * FROM kept");
        Again();
        AwaitAssert(() => Assert.Equal((0, 1), (Health.TryRegain().Count, Health.Writers.Living.Length)), Longest);
        Assert.True(Health.IsHealthy);
    }
}
