using System.Collections.Immutable;
using Netclaw.Actors.Spawning;
using Netclaw.Daemon.Accounts;
using Netclaw.Daemon.Schema;

namespace Netclaw.Daemon.Configuration;

/// <summary>Section <c>spawn</c>: what agents, schedules and operators may start on this machine, and how much of it.</summary>
public sealed class SpawnSection
{
    private static readonly IntegerRange Depths = new(1, SpawnLimits.DeepestDepth, "levels");
    private static readonly IntegerRange Families = new(1, 64, "runs");
    private static readonly IntegerRange Totals = new(1, 256, "runs");
    private static readonly IntegerRange Queues = new(0, 1024, "runs");
    private static readonly IntegerRange Seconds = new(1, 86_400, "seconds");
    private static readonly SpawnLimits Default = new();

    /// <summary>How deep runs may start runs. Default 1: what a conversation starts, starts nothing itself. Deeper lets an agent multiply.</summary>
    public int MaxDepth { get; init; } = Default.MaxDepth;

    /// <summary>Running at once for one conversation, run or client. Default 4.</summary>
    public int PerParent { get; init; } = Default.PerParent;

    /// <summary>Running at once in all. Default 16; more than the machine can bear makes all of them slow.</summary>
    public int Total { get; init; } = Default.Total;

    /// <summary>Waiting at once in all. Default 64; 0 refuses whatever cannot start at once.</summary>
    public int Queue { get; init; } = Default.Queue;

    /// <summary>After so many seconds a run is ended, where it does not say itself. Default 600.</summary>
    public int TimeoutSeconds { get; init; } = (int)Default.Timeout.TotalSeconds;

    /// <summary>Directories that programs may be started in, and below them. Default the home directory of whom the daemon runs as.</summary>
    public ImmutableArray<string> Roots { get; init; } = [];

    /// <summary>The user that programs run as, by name or number. Default the daemon's own, which can read whatever the daemon can; another one takes a daemon that runs as root.</summary>
    public string? RunAs { get; init; }

    /// <param name="accounts">To find the user by name; who is unknown was told before.</param>
    internal SpawnLimits ToLimits(IAccounts accounts) => new()
    {
        MaxDepth = MaxDepth,
        PerParent = PerParent,
        Total = Total,
        Queue = Queue,
        Timeout = TimeSpan.FromSeconds(TimeoutSeconds),
        Roots = Roots,
        RunAs = RunAs is { } user ? accounts.UserOf(user) : null,
    };

    internal static SpawnSection Read(ConfigSection section)
    {
        var options = new SpawnSection
        {
            MaxDepth = section.Read("maxDepth", Default.MaxDepth, new IntegerForm(Depths), "How deep runs may start runs; 1: what a conversation starts, starts nothing itself."),
            PerParent = section.Read("perParent", Default.PerParent, new IntegerForm(Families), "Running at once for one conversation, run or client."),
            Total = section.Read("total", Default.Total, new IntegerForm(Totals), "Running at once in all."),
            Queue = section.Read("queue", Default.Queue, new IntegerForm(Queues), "Waiting at once in all; one more is refused."),
            TimeoutSeconds = section.Read("timeoutSeconds", (int)Default.Timeout.TotalSeconds, new IntegerForm(Seconds), "After how long a run is ended, where it does not say itself."),
            Roots = section.Read("roots", [], new ListForm<string>(Forms.FilePath), "Directories that programs may be started in, and below them; the home directory of whom the daemon runs as by default."),
            RunAs = section.Optional("runAs", AccountForm.Any, "The user that programs run as, by name or number; the daemon's own by default. The only real boundary against a hostile program."),
        };
        section.RejectUnknown();
        return options;
    }

    internal IEnumerable<(string Key, int Value, IntegerRange Range)> Ranged() =>
    [
        ("spawn.maxDepth", MaxDepth, Depths), ("spawn.perParent", PerParent, Families), ("spawn.total", Total, Totals), ("spawn.queue", Queue, Queues), ("spawn.timeoutSeconds", TimeoutSeconds, Seconds),
    ];
}

internal sealed class SpawnSectionValidator(IAccounts accounts) : ConfigValidator<SpawnSection>
{
    public override IEnumerable<ConfigProblem> Check(SpawnSection options)
    {
        foreach (var problem in OutOfRange(options.Ranged()))
        {
            yield return problem;
        }

        foreach (var root in options.Roots.Where(root => !Path.IsPathRooted(root)))
        {
            yield return new ConfigProblem("spawn.roots", root, "This is no absolute path.", "Write where it begins, such as /home/you/work.");
        }

        if (options.RunAs is { } user && (accounts.UserOf(user) is not { } id || accounts.Find(id) is null))
        {
            yield return new ConfigProblem("spawn.runAs", user, "This machine has no such user.", "Write a user of this machine, by name or number, or leave it out.");
        }
    }
}
