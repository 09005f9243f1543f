using System.Collections.Immutable;

namespace Netclaw.Actors.Spawning;

/// <summary>Limits of what is started on this machine (section <c>spawn</c> of netclaw.json, which says what each is for).</summary>
public sealed record SpawnLimits
{
    public const int DeepestDepth = 5;

    /// <summary>How deep runs may start runs. Default 1: what a client or a conversation starts, starts nothing itself. At most <see cref="DeepestDepth"/>.</summary>
    public int MaxDepth { get; init; } = 1;

    /// <summary>Running at once for one conversation, run or client. Default 4.</summary>
    public int PerParent { get; init; } = 4;

    /// <summary>Running at once in all. Default 16.</summary>
    public int Total { get; init; } = 16;

    /// <summary>Waiting at once in all; one more is refused. Default 64.</summary>
    public int Queue { get; init; } = 64;

    /// <summary>Where nothing else is said. Default 10 minutes.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Nothing runs longer. Default a day.</summary>
    public TimeSpan LongestTimeout { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Directories that programs may be started in, and below them. Empty: the home directory of whom the daemon runs as.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];

    /// <summary>The user that programs run as; null: the daemon's own. Another one is the only real boundary against a hostile program.</summary>
    public uint? RunAs { get; init; }
}
