using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary>One gateway for the tests of a class; each adds jobs of its own.</summary>
public sealed class CronHost : IAsyncLifetime
{
    internal GatewayHost Gateway { get; private set; } = null!;

    public async Task InitializeAsync() => Gateway = await GatewayHost.StartAsync();

    public async Task DisposeAsync() => await Gateway.DisposeAsync();

    /// <summary>The next event about this job with this action.</summary>
    /// <param name="peer">One that calls nothing meanwhile: what it hears while it waits for an answer is lost.</param>
    internal static async Task<JsonElement> HearsAsync(Peer peer, string job, string action)
    {
        while (true)
        {
            var heard = await peer.HearsAsync("cron");
            if (heard.GetProperty("jobId").GetString() == job && heard.GetProperty("action").GetString() == action)
            {
                return heard;
            }
        }
    }

    internal static JsonObject Named(string id) => new() { ["id"] = id };

    internal static JsonObject Job(string schedule, string payload, string more = "") =>
        (JsonObject)JsonNode.Parse($$"""{"name":"tea","schedule":{{schedule}},"sessionTarget":"main","wakeMode":"now","payload":{{payload}}{{more}}}""")!;
}
