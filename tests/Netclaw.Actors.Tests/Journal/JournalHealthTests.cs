using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Actors.Tests.Journal;

public sealed class JournalHealthTests
{
    private static JournalFailure Failure(long sequence) =>
        new(JournalFailureKind.WriteFailed, "device-registry", sequence, "disk full", DateTimeOffset.UnixEpoch);

    [Fact]
    public async Task Keeps_TheFirstFailure()
    {
        var health = new JournalHealth();
        Assert.True(health.IsHealthy);

        Assert.True(health.Report(Failure(7)));
        Assert.False(health.Report(Failure(8)));

        Assert.Equal(7, health.Failure!.Sequence);
        Assert.Equal(7, (await health.Failed.WaitAsync(TimeSpan.FromSeconds(5))).Sequence);
    }

    /// <summary>Only what cannot be read is a reason to go back to what was.</summary>
    [Theory]
    [InlineData(JournalFailureKind.Unreadable, false, "netclaw backup restore <file>")]
    [InlineData(JournalFailureKind.WriteFailed, false, "netclaw down && netclaw up")]
    [InlineData(JournalFailureKind.WriteFailed, true, "netclaw logs")]
    [InlineData(JournalFailureKind.Away, true, "netclaw logs")]
    public void Names_TheWayOut_ByWhatFailed(JournalFailureKind kind, bool comesBack, string way)
    {
        var health = new JournalHealth { ComesBack = comesBack };
        Assert.Null(health.State);

        health.Report(Failure(7) with { Kind = kind });

        Assert.Equal(way, JournalTrouble.Remedy(health.State));
    }

    [Fact]
    public async Task Has_OneFirst_HoweverManyReportAtOnce()
    {
        var health = new JournalHealth();
        using var start = new Barrier(8);

        var first = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait();
                return health.Report(Failure(i));
            },
            TaskCreationOptions.LongRunning))).WaitAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(1, first.Count(won => won));
    }

    [Fact]
    public async Task Begins_AnewWhenItIsRegained()
    {
        var health = new JournalHealth();
        health.Report(Failure(7));

        Assert.Empty(health.TryRegain());

        Assert.True(health.IsHealthy);
        Assert.False(health.Failed.IsCompleted);
        Assert.True(health.Report(Failure(8)));
        Assert.Equal(8, (await health.Failed.WaitAsync(TimeSpan.FromSeconds(5))).Sequence);
    }

    [Fact]
    public void Names_DamageThatIsFoundWhileTheDatabaseIsAway()
    {
        var health = new JournalHealth();
        health.Report(Failure(7) with { Kind = JournalFailureKind.Away });

        Assert.False(health.Report(Failure(3) with { Kind = JournalFailureKind.Unreadable }));

        Assert.Equal((JournalFailureKind.Unreadable, 3), (health.Failure!.Kind, health.Failure.Sequence));
    }

    [Fact]
    public void Says_WhereItHappened() =>
        Assert.Equal("device-registry, record 7 could not be written: disk full", Failure(7).ToString());
}
