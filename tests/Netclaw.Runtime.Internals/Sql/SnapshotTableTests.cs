using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

public sealed class SnapshotTableTests
{
    private static readonly SnapshotRange Any = new(0, long.MaxValue, 0, long.MaxValue);

    public static TheoryData<string> Kinds => StoreUnderTest.Kinds;

    [Theory, MemberData(nameof(Kinds))]
    public async Task Loads_TheHighestInTheRange(string kind)
    {
        await using var store = await StoreUnderTest.Create(kind);
        foreach (var sequenceNr in new[] { 10, 30, 20 })
        {
            await store.Snapshots.Save(new StoredSnapshot("p", sequenceNr, sequenceNr * 100, [(byte)sequenceNr], 7, "m"));
        }

        async Task<long?> Found(SnapshotRange range) => (await store.Snapshots.Load("p", range, CancellationToken.None))?.SequenceNr;

        Assert.Equal(30, await Found(Any));
        Assert.Equal(20, await Found(Any with { MaxSequenceNr = 29 }));
        Assert.Equal(10, await Found(Any with { MaxCreated = 1999 }));
        Assert.Null(await Found(Any with { MinSequenceNr = 31 }));
        Assert.Null(await Found(Any with { MinCreated = 3001 }));
        Assert.Null(await store.Snapshots.Load("other", Any, CancellationToken.None));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Replaces_ASnapshotOfTheSameNumber(string kind)
    {
        await using var store = await StoreUnderTest.Create(kind);
        await store.Snapshots.Save(new StoredSnapshot("p", 5, 1, [1], 7, "old"));
        await store.Snapshots.Save(new StoredSnapshot("p", 5, 2, [2], 8, "new"));

        var found = await store.Snapshots.Load("p", Any, CancellationToken.None);

        Assert.Equal((5, 2, 8, "new"), (found!.SequenceNr, found.Created, found.SerializerId, found.Manifest));
        Assert.Equal([2], found.Payload);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Deletes_OnlyTheRange(string kind)
    {
        await using var store = await StoreUnderTest.Create(kind);
        foreach (var sequenceNr in new[] { 1, 2, 3 })
        {
            await store.Snapshots.Save(new StoredSnapshot("p", sequenceNr, sequenceNr, [1], 7, "m"));
        }

        await store.Snapshots.Delete("p", SnapshotRange.Exactly(3));
        Assert.Equal(2, (await store.Snapshots.Load("p", Any, CancellationToken.None))!.SequenceNr);

        await store.Snapshots.Delete("p", Any);
        Assert.Null(await store.Snapshots.Load("p", Any, CancellationToken.None));
    }
}
