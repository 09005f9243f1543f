using Netclaw.Cli.Gateway;
using Netclaw.Cli.Invocation;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Approvals;

/// <summary><c>netclaw approvals list|allow|deny</c>.</summary>
internal sealed class ApprovalVerbs(CommandContext context)
{
    public async Task<Report> ListAsync(CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var report = new ApprovalsReport(await gateway.ApprovalsAsync(), gateway.ReachedBy);
        return Report.Of(report, () => CliJson.Readable.ApprovalsReport, (shown, screen) => ApprovalSheets.Print(shown, screen, context.Now));
    }

    public Task<Report> AllowAsync(string typed, bool always, CancellationToken cancellation) =>
        DecideAsync(typed, always ? ApprovalDecision.AllowAlways : ApprovalDecision.AllowOnce, cancellation);

    public Task<Report> DenyAsync(string typed, CancellationToken cancellation) => DecideAsync(typed, ApprovalDecision.Deny, cancellation);

    private async Task<Report> DecideAsync(string typed, ApprovalDecision decision, CancellationToken cancellation)
    {
        await using var gateway = await GatewayDialer.OpenAsync(context, cancellation);
        var picked = PickApproval.One(typed, await gateway.ApprovalsAsync());
        var resolved = await gateway.ResolveApprovalAsync(new ExecApprovalResolveParams(picked.Id, decision));
        return Report.Of(resolved, () => CliJson.Readable.ExecApprovalResolveResult, (result, screen) => screen.Line(
            $"{Said(result.Decision)}: {(picked.Pending is { } pending ? PlainText.Of(ApprovalSheets.Spoken(pending.Request)) : picked.Id)}"));
    }

    private static string Said(ApprovalDecision decision) => decision switch
    {
        ApprovalDecision.AllowOnce => "Allowed this once",
        ApprovalDecision.AllowAlways => "Allowed for ever",
        _ => "Denied",
    };
}
