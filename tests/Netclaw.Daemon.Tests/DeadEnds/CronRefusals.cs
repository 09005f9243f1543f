using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Scheduled jobs that come to nothing.</summary>
internal static class CronRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.CronJobNotFound] = () => CalledAsync(CronJobParams.GetMethod, new JsonObject { ["id"] = "job_0000000000000000" }),
        [RefusalCode.CronScheduleInvalid] = () => CalledAsync(CronJobSpec.Method, Job("61 * * * *", "tea")),
        [RefusalCode.CronPayloadTooLarge] = () => CalledAsync(CronJobSpec.Method, Job("0 9 * * *", new string('x', CronJobSpec.MostBytes))),
        [RefusalCode.CronJobChanged] = ChangedAsync,
        [RefusalCode.CronNotForRuns] = OfARunAsync,
    };

    public static JsonObject Job(string expression, string text) => new()
    {
        ["name"] = "tea", ["schedule"] = new JsonObject { ["kind"] = "cron", ["expr"] = expression }, ["sessionTarget"] = "main", ["wakeMode"] = "now",
        ["payload"] = new JsonObject { ["kind"] = "systemEvent", ["text"] = text },
    };

    private static async Task<Provoked> CalledAsync(string method, JsonObject parameters)
    {
        var stage = await Stage.SetAsync("{}");
        await using var caller = await Peer.OperatorAsync(stage.Host, native: true);
        return new Provoked(stage, Error(await caller.CallAsync(method, parameters)));
    }

    /// <summary>A child of the daemon, with all that its parent could give it.</summary>
    private static async Task<Provoked> OfARunAsync()
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Spawned(ScopeSet.All).RunAsync("cron", "add", "--every", "1h", "--remind", "tea is ready")).Failure);
    }

    /// <summary>Somebody else was quicker.</summary>
    private static async Task<Provoked> ChangedAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await using var caller = await Peer.OperatorAsync(stage.Host, native: true);
        var added = await caller.GetAsync(CronJobSpec.Method, Job("0 9 * * *", "tea"));
        return new Provoked(stage, Error(await caller.CallAsync(CronUpdateParams.Method, new JsonObject
        {
            ["id"] = added.GetProperty("id").GetString(), ["patch"] = new JsonObject { ["name"] = "coffee" }, ["expectedConfigRevision"] = "7",
        })));
    }

    private static CallError Error(JsonElement answer) => answer.GetProperty("error").Deserialize(ProtocolJson.Default.CallError)!;
}
