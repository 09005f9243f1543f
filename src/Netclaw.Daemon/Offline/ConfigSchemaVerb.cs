using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Schema;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>The JSON Schema of netclaw.json.</summary>
internal sealed class ConfigSchemaVerb : IOfflineVerb
{
    public string Name => "config-schema";

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        call.Say(ConfigSchema.Of(ConfigFile.Empty().Keys), OfflineJson.Readable.JsonObject);
        return Task.FromResult(ExitCodes.Ok);
    }
}
