using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

/// <summary>Each call of the store failing in turn: what is never acknowledged, what stops, what goes on.</summary>
public sealed class StoreFailureTests
{
    public static TheoryData<string, string> WriteCalls
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (var kind in StoreUnderTest.Kinds)
            {
                foreach (var call in new[] { StoreCall.Begin, StoreCall.Insert, StoreCall.Commit, StoreCall.Committed })
                {
                    all.Add(kind, call.ToString());
                }
            }

            return all;
        }
    }

    public static TheoryData<string> Kinds => StoreUnderTest.Kinds;

    [Theory, MemberData(nameof(WriteCalls))]
    public async Task FailedFlush_FailsEveryWriteInIt_AndStopsTheStoreForTheProcess(string kind, string failing)
    {
        var call = Enum.Parse<StoreCall>(failing);
        var faults = new ScriptedFaults();
        await using var store = await StoreUnderTest.Create(kind, faults);
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("p", 1, "acknowledged")));
        faults.Hold();
        var holder = PendingWrite.Of("holder", 1, "h");
        store.Events.Write(holder);
        await faults.Held();
        var a = PendingWrite.Of("a", 1, "a1");
        var b = PendingWrite.Of("b", 1, "b1", "b2");
        store.Events.Write(a);
        store.Events.Write(b);
        faults.Fail = call;
        faults.Release();

        // The held group met the fault; the group behind it is refused because of it.
        Assert.IsType<FlushFailedException>(await holder.Answer);
        Assert.IsType<StoreStoppedException>(await a.Answer);
        Assert.IsType<StoreStoppedException>(await b.Answer);

        faults.Fail = null;
        var later = Assert.IsType<StoreStoppedException>(await store.Events.WriteNow(PendingWrite.Of("p", 2, "later")));
        Assert.Contains($"at {call}", later.Message, StringComparison.Ordinal);
        Assert.NotNull(store.Events.Stopped);

        // Reads go on, and show nothing that was refused but a flush whose fate was unknown.
        Assert.Equal(["acknowledged"], await store.Events.ReadTexts("p"));
        Assert.Empty(await store.Events.ReadTexts("b"));
        Assert.Equal(call == StoreCall.Committed ? 1 : 0, (await store.Events.ReadTexts("holder")).Length);

        // Opening the file again does not forgive.
        await store.Close();
        await store.Open();
        Assert.IsType<StoreStoppedException>(await store.Events.WriteNow(PendingWrite.Of("p", 2, "after reopening")));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailedFlush_FailsAllTheWritesThatShareIt(string kind)
    {
        var faults = new ScriptedFaults();
        await using var store = await StoreUnderTest.Create(kind, faults);
        faults.Hold();
        store.Events.Write(PendingWrite.Of("holder", 1, "h"));
        await faults.Held();
        var writes = Enumerable.Range(0, 10).Select(i => PendingWrite.Of($"p{i}", 1, "e")).ToArray();
        foreach (var write in writes)
        {
            store.Events.Write(write);
        }

        faults.Fail = StoreCall.Committed;
        faults.Release();
        var answers = await Task.WhenAll(writes.Select(write => write.Answer));

        Assert.All(answers, Assert.NotNull);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailedDelete_IsToldToItsCaller(string kind)
    {
        var faults = new ScriptedFaults();
        await using var store = await StoreUnderTest.Create(kind, faults);
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("p", 1, "1")));
        faults.Fail = StoreCall.Delete;

        var failure = await Assert.ThrowsAsync<FlushFailedException>(() => store.Events.Delete("p", 1));

        Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
        Assert.Equal(["1"], await store.Events.ReadTexts("p"));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailedRead_IsToldToItsCaller_AndTheNextReadSucceeds(string kind)
    {
        var faults = new ScriptedFaults();
        await using var store = await StoreUnderTest.Create(kind, faults);
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("p", 1, "1")));

        faults.Fail = StoreCall.ReadEvents;
        await Assert.ThrowsAsync<IOException>(() => store.Events.ReadAll("p"));
        faults.Fail = StoreCall.ReadHighest;
        await Assert.ThrowsAsync<IOException>(() => store.Events.HighestSequenceNr("p", CancellationToken.None));
        faults.Fail = StoreCall.ReadSnapshot;
        await Assert.ThrowsAsync<IOException>(() => store.Snapshots.Load("p", new SnapshotRange(0, long.MaxValue, 0, long.MaxValue), CancellationToken.None));

        faults.Fail = null;
        Assert.Equal(["1"], await store.Events.ReadTexts("p"));
        Assert.Null(store.Events.Stopped);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task FailedSnapshot_LeavesTheJournalWriting(string kind)
    {
        var faults = new ScriptedFaults { Fail = StoreCall.SaveSnapshot };
        await using var store = await StoreUnderTest.Create(kind, faults);

        var failure = await Assert.ThrowsAnyAsync<Exception>(
            () => store.Snapshots.Save(new StoredSnapshot("p", 1, 1, [1], 1, "")));

        Assert.Contains("no space left", failure.Message, StringComparison.Ordinal);
        Assert.Null(await store.Events.WriteNow(PendingWrite.Of("p", 1, "1")));
    }
}
