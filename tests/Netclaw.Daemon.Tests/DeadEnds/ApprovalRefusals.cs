using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>Questions to operators that are not asked, and decisions that are not taken.</summary>
internal static class ApprovalRefusals
{
    public static Dictionary<RefusalCode, Func<Task<Provoked>>> All { get; } = new()
    {
        [RefusalCode.ApprovalNotFound] = OverAsync,
        [RefusalCode.ApprovalOwn] = OwnAsync,
        [RefusalCode.TooManyApprovals] = FullAsync,
    };

    private static async Task<Provoked> OverAsync()
    {
        var stage = await Stage.SetAsync("{}");
        return new Provoked(stage, (await stage.Owner.RunAsync("approvals", "allow", ApprovalId.New().ToString())).Failure);
    }

    private static async Task<Provoked> OwnAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await using var asker = await Peer.OperatorAsync(stage.Host, native: true);
        var asked = await asker.GetAsync(ExecApprovalRequestParams.Method, Asked());
        return new Provoked(stage, Error(await asker.CallAsync(ExecApprovalResolveParams.Method, new JsonObject { ["id"] = asked.GetProperty("id").GetString(), ["decision"] = "allow-once" })));
    }

    private static async Task<Provoked> FullAsync()
    {
        var stage = await Stage.SetAsync("{}");
        await using var asker = await Peer.OperatorAsync(stage.Host, native: true);
        for (var i = 0; i < Actors.Approvals.ApprovalTable.MostPerAsker; i++)
        {
            await asker.GetAsync(ExecApprovalRequestParams.Method, Asked());
        }

        return new Provoked(stage, Error(await asker.CallAsync(ExecApprovalRequestParams.Method, Asked())));
    }

    private static JsonObject Asked() => new() { ["commandArgv"] = new JsonArray("/bin/true"), ["twoPhase"] = true };

    private static CallError Error(JsonElement answer) => answer.GetProperty("error").Deserialize(ProtocolJson.Default.CallError)!;
}
