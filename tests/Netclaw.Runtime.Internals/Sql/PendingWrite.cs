using System.Text;
using Netclaw.Runtime.Sql.Store;

namespace Netclaw.Runtime.Internals.Sql;

/// <summary>A write whose answer can be awaited.</summary>
internal sealed class PendingWrite : EventWrite
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private readonly TaskCompletionSource<Exception?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<Exception?> Answer => _answer.Task.WaitAsync(Longest);

    public static PendingWrite Of(string persistenceId, long first, params string[] payloads) =>
        new()
        {
            PersistenceId = persistenceId,
            WriterUuid = "w",
            FirstSequenceNr = first,
            Created = 638_000_000_000_000_000,
            Events = payloads.Select(text => new EventData(Encoding.UTF8.GetBytes(text), 4207, "m")).ToArray(),
        };

    public override void Completed(Exception? failure) => _answer.SetResult(failure);
}

internal static class EventStoreReading
{
    public static async Task<List<StoredEvent>> ReadAll(this IEventStore store, string persistenceId, long from = 1, long to = long.MaxValue, int limit = int.MaxValue)
    {
        var events = new List<StoredEvent>();
        await store.Read(persistenceId, from, to, limit, long.MaxValue, events, CancellationToken.None);
        return events;
    }

    public static async Task<string[]> ReadTexts(this IEventStore store, string persistenceId) =>
        [.. (await store.ReadAll(persistenceId)).Select(e => Encoding.UTF8.GetString(e.Payload))];

    public static async Task<Exception?> WriteNow(this IEventStore store, PendingWrite write)
    {
        store.Write(write);
        return await write.Answer;
    }
}
