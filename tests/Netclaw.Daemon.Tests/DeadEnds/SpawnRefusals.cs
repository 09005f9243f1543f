using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Something shall be started on the gateway's machine, and is not.</summary>
internal static class SpawnRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.SpawnQueueFull] = FullAsync,
        [RefusalCode.SpawnNotForJobs] = OfAJobAsync,
        [RefusalCode.DirectoryNotAllowed] = () => AskedAsync("""{"spawn":{"roots":["/usr"]}}""", "spawn", "--cwd", "/etc", "--", "true"),
        [RefusalCode.UnknownRun] = () => AskedAsync("{}", "runs", "show", "run_0000000000000000"),
        [RefusalCode.RunFailed] = () => AskedAsync("{}", "spawn", "--wait", "--", "false"),
    };

    private static async Task<Provoked> AskedAsync(string config, params string[] command)
    {
        var stage = await Stage.SetAsync(config);
        return new Provoked(stage, (await stage.Owner.RunAsync(command)).Failure);
    }

    /// <summary>With a credential that belongs to no run, as a job's command has one.</summary>
    private static async Task<Provoked> OfAJobAsync()
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Spawned(ScopeSet.All).RunAsync("spawn", "--", "true")).Failure);
    }

    /// <summary>One that runs, and no room for another to wait.</summary>
    private static async Task<Provoked> FullAsync()
    {
        var stage = await Stage.SetAsync("""{"spawn":{"total":1,"queue":0}}""");
        (await stage.Owner.RunAsync("spawn", "--", "sh", "-c", "sleep 60")).Expect();
        return new Provoked(stage, (await stage.Owner.RunAsync("spawn", "--", "true")).Failure);
    }
}
