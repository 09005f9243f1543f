using Netclaw.Protocol;

namespace Netclaw.Actors.Spawning;

/// <summary>What conversations refused to be told about runs, and when each is tried again: after 5 seconds, then twice as long each time, up to ten minutes.</summary>
internal sealed class RefusedWords
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly Dictionary<RunId, (int Times, DateTimeOffset Again)> _refused = [];

    /// <summary>When the next one that waits is tried again; null: none waits. Those whose time has come are being told.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset now) => _refused.Values.Where(each => each.Again > now).Select(each => (DateTimeOffset?)each.Again).Min();

    /// <summary>The same words are refused at another time, perhaps; at a conversation that is gone and for a message that is none they are for good.</summary>
    public static bool IsFinal(RefusalCode code) => code is RefusalCode.ConversationNotFound or RefusalCode.InvalidRequest;

    public void Add(RunId run, DateTimeOffset now)
    {
        var times = _refused.GetValueOrDefault(run).Times;
        _refused[run] = (times + 1, now + TimeSpan.FromTicks((long)Math.Min(Longest.Ticks, Shortest.Ticks * Math.Pow(2, times))));
    }

    public void Forget(RunId run) => _refused.Remove(run);

    public bool Waits(RunId run, DateTimeOffset now) => _refused.TryGetValue(run, out var refused) && refused.Again > now;
}
