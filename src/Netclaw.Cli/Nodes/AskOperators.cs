using System.Collections.Immutable;
using System.Text.Json;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Nodes.Commands;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Nodes;

/// <summary>
/// Asks the operators of the gateway whether a program may run: 1 they are asked → 2 the decision is waited for, or the question is taken back → 3 what is allowed for ever is
/// written down before anything runs. Only a decision that came, and allows, lets anything run.
/// </summary>
internal sealed class AskOperators(LastingRules rules, Screen screen)
{
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(5);

    private volatile GatewayConnection? _gateway;

    /// <summary>Until the result is disposed of, operators are asked through this connection.</summary>
    public IDisposable Through(GatewayConnection gateway)
    {
        _gateway = gateway;
        return new Reachable(this);
    }

    /// <inheritdoc cref="AskRun"/>
    public async Task<RunVerdict> AskAsync(RunQuestion question, CancellationToken cancellation)
    {
        if (rules.Allows(question))
        {
            return RunVerdict.Yes; // since the start
        }

        if (_gateway is not { } gateway)
        {
            return RunVerdict.No("no operator can be asked now about");
        }

        try
        {
            var asked = await BeginAsync(gateway, question); // 1
            screen.Progress(new Progress("asking", $"Operators are asked whether {PlainText.Of(question.Program.Path)} may run: netclaw approvals allow {asked.Id}"));
            return Judge(await DecisionAsync(gateway, asked, cancellation), question);
        }
        catch (GatewayException refusal)
        {
            screen.Trace($"operators could not be asked: {refusal.Message}");
            return RunVerdict.No($"no operator could be asked ({PlainText.Of(refusal.Error.Code)}) about");
        }
    }

    /// <summary>Not cancelled: only whoever knows the id can take it back.</summary>
    private static Task<ExecApprovalResult> BeginAsync(GatewayConnection gateway, RunQuestion question) => gateway.CallAsync(
        ExecApprovalRequestParams.Method,
        new ExecApprovalRequestParams
        {
            CommandArgv = [.. question.Command], ResolvedPath = question.Program.Links[^1], Cwd = question.Directory, Env = question.Variables.ToImmutableDictionary(StringComparer.Ordinal), TwoPhase = true,
        },
        ProtocolJson.Default.ExecApprovalRequestParams, ProtocolJson.Default.ExecApprovalResult, CancellationToken.None);

    private static async Task<ExecApprovalResult> DecisionAsync(GatewayConnection gateway, ExecApprovalResult asked, CancellationToken cancellation)
    {
        var id = asked.Id.ToString();
        try
        {
            var within = TimeSpan.FromMilliseconds(Math.Clamp(asked.ExpiresAtMs - asked.CreatedAtMs, 0, ExecApprovalRequestParams.LongestTimeoutMs)) + Slack;
            var parameters = JsonSerializer.SerializeToElement(new ExecApprovalWaitParams(id), ProtocolJson.Default.ExecApprovalWaitParams);
            var response = await gateway.CallAsync(ExecApprovalWaitParams.Method, parameters, within, cancellation); // 2
            return response.Error is { } refusal ? throw new GatewayException(refusal) : response.Payload!.Value.Deserialize(ProtocolJson.Default.ExecApprovalResult)!;
        }
        catch (Exception e) when (e is OperationCanceledException or GatewayException)
        {
            await TakeBackAsync(gateway, id);
            throw;
        }
    }

    private RunVerdict Judge(ExecApprovalResult decided, RunQuestion question)
    {
        switch (decided.Decision)
        {
            case ApprovalDecision.AllowOnce: return RunVerdict.Yes;
            case ApprovalDecision.AllowAlways: Keep(question); return RunVerdict.Yes; // 3
            default: break;
        }

        return RunVerdict.No(decided.Reason == ExecApprovalResolved.User ? $"the operator {PlainText.Of(decided.ResolvedBy)} denied" : "no operator answered in time whether to run");
    }

    private void Keep(RunQuestion question)
    {
        try
        {
            rules.Allow(question);
        }
        catch (CommandFailure damaged)
        {
            throw Refused.NotDone($"{SystemRun.CommandName}: an operator allowed this for ever, and the rule could not be written, so nothing was run. {damaged.Message}");
        }
    }

    private static async Task TakeBackAsync(GatewayConnection gateway, string id)
    {
        try
        {
            var parameters = JsonSerializer.SerializeToElement(new ExecApprovalResolveParams(id, ApprovalDecision.Deny), ProtocolJson.Default.ExecApprovalResolveParams);
            await gateway.CallAsync(ExecApprovalResolveParams.Method, parameters, Goodbye, CancellationToken.None);
        }
        catch (GatewayException)
        {
            // The connection is over: the gateway takes it back by itself.
        }
    }

    private sealed class Reachable(AskOperators operators) : IDisposable
    {
        public void Dispose() => operators._gateway = null;
    }
}
