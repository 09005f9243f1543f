using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Cli.Gateway;

/// <summary>The methods about what operators are asked to allow.</summary>
internal sealed partial class OpenGateway
{
    public Task<ImmutableArray<PendingExecApproval>> ApprovalsAsync() => CallAsync(PendingExecApproval.ListMethod, ProtocolJson.Default.ImmutableArrayPendingExecApproval);

    public Task<ExecApprovalResolveResult> ResolveApprovalAsync(ExecApprovalResolveParams parameters) => ChangeAsync(
        ExecApprovalResolveParams.Method, parameters, ProtocolJson.Default.ExecApprovalResolveParams, ProtocolJson.Default.ExecApprovalResolveResult, "netclaw approvals list");
}
