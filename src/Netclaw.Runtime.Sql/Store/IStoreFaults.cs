namespace Netclaw.Runtime.Sql.Store;

/// <summary>The calls a store makes to its database, for tests that let each fail in turn.</summary>
internal enum StoreCall
{
    Open,
    Begin,
    Insert,
    InsertTag,
    Delete,
    SaveSnapshot,
    DeleteSnapshot,
    Commit,
    Committed,
    ReadHighest,
    ReadEvents,
    ReadSnapshot,
}

/// <summary>Test seam: called before each call (after it for <see cref="StoreCall.Committed"/>); throwing makes that call fail.</summary>
internal interface IStoreFaults
{
    void At(StoreCall call);
}
