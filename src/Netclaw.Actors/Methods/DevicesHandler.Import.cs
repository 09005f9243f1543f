using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

/// <summary>Devices of earlier gateways: brought in on the control socket alone, and taken back like any device.</summary>
internal sealed partial class DevicesHandler
{
    private void Import(MethodCall call)
    {
        if (!TryRead(call, ProtocolJson.Default.ImportParams, out var import))
        {
            return;
        }

        if (call.Principal.Method != AuthMethod.ControlSocket)
        {
            Answer(call, CallResponse.Failure(RefusalTable.Error(
                RefusalCode.InvalidRequest, $"{call.Method} is served on the control socket alone; this connection came by {call.Principal.MethodName}", "netclaw import <path>")));
            return;
        }

        Ask(new Asked(call), id => new RegistryCommand.Import(id, call.Now, import.Entries, import.DryRun, call.Principal));
    }

    private void Imported(Asked asked, RegistryReply.Imported imported)
    {
        Record(asked, AuditKind.Pairing, AuditOutcome.Ok, "ok", null, ImportedText.Of(imported.Rows));
        Answer(asked.Call, new ImportResult(imported.Rows), ProtocolJson.Default.ImportResult);
    }

    private void RemoveLegacy(MethodCall call)
    {
        if (TryRead(call, ProtocolJson.Default.LegacyRemoveParams, out var remove))
        {
            Ask(new Asked(call) { Reason = remove.Reason }, id => new RegistryCommand.RemoveLegacy(id, call.Now, remove.LegacyId, remove.Reason, call.Principal));
        }
    }

    private void LegacyRemoved(Asked asked, LegacyDevice legacy)
    {
        Record(asked, AuditKind.Revocation, AuditOutcome.Ok, "ok", null, $"{legacy.Id}: {asked.Reason ?? "no reason given"}");
        _parts.Metrics.Revoked();
        Answer(asked.Call, new LegacyRemoveResult(legacy.Id, legacy.Name), ProtocolJson.Default.LegacyRemoveResult);
    }
}
