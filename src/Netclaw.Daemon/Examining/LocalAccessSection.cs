using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Recovery;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Examining;

/// <summary>Which row of the recovery's state table the home is in: its host key against its registry, as the rows of the journal tell it. Beside a daemon it is what that one has written.</summary>
internal sealed class LocalAccessSection : IExamineSection
{
    public string Name => "localAccess";

    public JsonNode? Look(Examination examination) => JsonSerializer.SerializeToNode(
        LocalAccessLook.Of(examination.Home, examination.Options, examination.Call.Environment, TimeProvider.System.GetUtcNow()), ProtocolJson.Default.RecoveryPlanResult);
}
