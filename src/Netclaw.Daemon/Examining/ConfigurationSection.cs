using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Offline;

namespace Netclaw.Daemon.Examining;

/// <summary>What <c>config-check</c> says of the home's netclaw.json.</summary>
internal sealed class ConfigurationSection : IExamineSection
{
    public string Name => "configuration";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(
        ConfigCheck.Check(examination.Call, examination.Home.ConfigFile, examination.Config), OfflineJson.Readable.ConfigChecked);
}
