using System.Collections.Immutable;
using System.Security.Cryptography;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

public sealed class EventStoreTests
{
    public static TheoryData<string> Kinds => StoreUnderTest.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Returns_EveryColumn_AsItWasWritten(string kind)
    {
        await using var store = await StoreUnderTest.Create(kind);
        byte[][] payloads = [[], [0], RandomNumberGenerator.GetBytes(3 << 20)];
        var write = new Answered
        {
            PersistenceId = "gerät-🦞-1",
            WriterUuid = "writer-7",
            FirstSequenceNr = 1,
            Created = 638_123_456_789_012_345,
            Events = new EventData[] { new(payloads[0], 4207, "a"), new(payloads[1], 12, ""), new(payloads[2], int.MaxValue, "größe-🦞") },
        };
        store.Events.Write(write);
        Assert.Null(await write.Task.WaitAsync(TimeSpan.FromSeconds(30)));

        var rows = await store.Events.ReadAll("gerät-🦞-1");

        Assert.Equal([1, 2, 3], rows.Select(row => row.SequenceNr));
        Assert.All(rows, row => Assert.Equal((638_123_456_789_012_345, "writer-7"), (row.Created, row.WriterUuid)));
        Assert.Equal([(4207, "a"), (12, ""), (int.MaxValue, "größe-🦞")], rows.Select(row => (row.SerializerId, row.Manifest)));
        Assert.All(rows.Zip(payloads), pair => Assert.Equal(pair.Second, pair.First.Payload));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Reads_ExactlyTheRange_AndNoMoreThanTheLimit(string kind)
    {
        await using var store = await StoreUnderTest.Create(kind);
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("p", 1, "1", "2", "3", "4", "5")));
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("p2", 1, "other")));

        Assert.Equal([2, 3, 4], (await store.Events.ReadAll("p", 2, 4)).Select(row => row.SequenceNr));
        Assert.Equal([2, 3], (await store.Events.ReadAll("p", 2, 5, 2)).Select(row => row.SequenceNr));
        Assert.Empty(await store.Events.ReadAll("p", 6));
        Assert.Equal(5, await store.Events.HighestSequenceNr("p", CancellationToken.None));
        Assert.Equal(0, await store.Events.HighestSequenceNr("nobody", CancellationToken.None));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Refuses_OnlyTheWriteWhoseNumberIsTaken_WhenWritesShareATransaction(string kind)
    {
        var faults = new ScriptedFaults();
        await using var store = await StoreUnderTest.Create(kind, faults);
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("b", 1, "b1")));

        faults.Hold();
        var first = PendingWrite.Of("first", 1, "x");
        store.Events.Write(first);
        await faults.Held();
        var good = PendingWrite.Of("a", 1, "a1", "a2");
        var taken = PendingWrite.Of("b", 0, "b0", "b1 again", "b2");
        var late = PendingWrite.Of("c", 1, "c1");
        foreach (var write in new[] { good, taken, late })
        {
            store.Events.Write(write);
        }

        faults.Release();

        Assert.Null(await first.Answer);
        Assert.Null(await good.Answer);
        Assert.IsType<WriteRefusedException>(await taken.Answer);
        Assert.Null(await late.Answer);
        Assert.Equal(["a1", "a2"], await store.Events.ReadTexts("a"));
        Assert.Equal(["b1"], (await store.Events.ReadAll("b", 0)).Select(row => System.Text.Encoding.UTF8.GetString(row.Payload)));
        Assert.Equal(["c1"], await store.Events.ReadTexts("c"));
        Assert.Null(store.Events.Stopped);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Shares_OneFlush_AmongTheWritesThatQueuedDuringTheLast(string kind)
    {
        var faults = new ScriptedFaults();
        await using var store = await StoreUnderTest.Create(kind, faults);
        faults.Hold();
        var writes = Enumerable.Range(0, 200).Select(i => PendingWrite.Of($"p{i}", 1, "e")).ToArray();
        store.Events.Write(writes[0]);
        await faults.Held();
        foreach (var write in writes[1..])
        {
            store.Events.Write(write);
        }

        faults.Release();
        var answers = await Task.WhenAll(writes.Select(write => write.Answer));

        Assert.All(answers, Assert.Null);
        Assert.Equal(2, faults.Count(StoreCall.Committed));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Drained_WaitsForTheWritesBeforeIt(string kind)
    {
        var faults = new ScriptedFaults();
        await using var store = await StoreUnderTest.Create(kind, faults);
        Assert.True(store.Events.Drained().IsCompletedSuccessfully);
        faults.Hold();
        var write = PendingWrite.Of("p", 1, "e");
        store.Events.Write(write);
        await faults.Held();

        var drained = store.Events.Drained();
        Assert.False(drained.IsCompleted);
        faults.Release();
        await drained.WaitAsync(TimeSpan.FromSeconds(30));

        Assert.True(write.Answer.IsCompleted);
        Assert.Equal(1, await store.Events.HighestSequenceNr("p", CancellationToken.None));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Delete_KeepsTheNumbering_WhenEverythingIsDeleted(string kind)
    {
        await using var store = await StoreUnderTest.Create(kind);
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("p", 1, "1", "2", "3")));

        await store.Events.Delete("p", 2);
        Assert.Equal(["3"], await store.Events.ReadTexts("p"));

        await store.Events.Delete("p", long.MaxValue);
        Assert.Empty(await store.Events.ReadTexts("p"));
        Assert.Equal(3, await store.Events.HighestSequenceNr("p", CancellationToken.None));
        Assert.IsType<WriteRefusedException>(await store.Events.WriteNow(PendingWrite.Of("p", 3, "again")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Stores_Tags_WithTheOrderingOfTheirEvent(string kind)
    {
        await using var store = await StoreUnderTest.Create(kind);
        var write = new Answered
        {
            PersistenceId = "p",
            WriterUuid = "w",
            FirstSequenceNr = 1,
            Created = 1,
            Events = new EventData[] { new([1], 1, ""), new([2], 1, "", ImmutableHashSet.Create("red", "grün")) },
        };
        store.Events.Write(write);
        Assert.Null(await write.Task.WaitAsync(TimeSpan.FromSeconds(30)));

        Assert.Equal(2, await store.CountTags("p", 2));
        Assert.Equal(0, await store.CountTags("p", 1));
        await store.Events.Delete("p", 2);
        Assert.Equal(0, await store.CountTags("p", 2));
    }

    private sealed class Answered : EventWrite
    {
        private readonly TaskCompletionSource<Exception?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception?> Task => _answer.Task;

        public override void Completed(Exception? failure) => _answer.SetResult(failure);
    }
}
