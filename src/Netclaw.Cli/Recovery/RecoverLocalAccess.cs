using Netclaw.Cli.Commands;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Invocation;
using Netclaw.Protocol;

namespace Netclaw.Cli.Recovery;

/// <param name="Confirm">The typed phrase of a full reset; null: it is asked for.</param>
internal sealed record RecoverRequest(bool DryRun, bool Yes, bool FullReset, string? Confirm);

/// <summary>
/// <c>netclaw recover local-access</c>: 1 how the home is reached, 2 the plan, 3 consent, 4 a backup, 5 the repair, 6 the proof. <c>doctor --fix</c> goes the
/// same way. What is no state that a repair in place is safe for is refused, with what leads on.
/// </summary>
internal sealed class RecoverLocalAccess(CommandContext context)
{
    /// <returns>0: nothing to do, or done and proven; 2: there is something to do, and it was only to be shown.</returns>
    /// <exception cref="CommandFailure">repair_not_safe, consent_required (also where the state has changed since the plan was shown), daemon_silent, repair_not_proven, or why a step failed.</exception>
    public async Task<int> RunAsync(RecoverRequest request, CancellationToken cancellation)
    {
        context.RefuseElsewhere("recover local-access");
        var way = await RecoveryWay.FindAsync(context, cancellation); // 1
        var report = request.FullReset ? await ResetAsync(way, request, cancellation) : await RepairAsync(way, request, RecoverCommand.LocalAccess, cancellation);
        context.Screen.Show(RecoverySheet.Report(report));
        return report.Outcome == RecoverReport.Planned ? ExitCodes.Warned : ExitCodes.Ok;
    }

    /// <param name="command">What is to be run again where consent is missing.</param>
    public async Task<RecoverReport> RepairAsync(RecoveryWay way, RecoverRequest request, string command, CancellationToken cancellation)
    {
        var plan = await way.PlanAsync(cancellation); // 2
        if (plan.IsHealthy)
        {
            return new RecoverReport(RecoverReport.Healthy, plan);
        }

        Show(plan);
        if (!plan.Repairable)
        {
            throw new CommandFailure(RefusalCode.RepairNotSafe, $"{plan.Meaning} {string.Join("; ", plan.Seen)}.", plan.WayOut is [var first, ..] ? first : null);
        }

        if (request.DryRun)
        {
            return new RecoverReport(RecoverReport.Planned, plan);
        }

        await ConsentAsync(request, command, cancellation); // 3
        var backup = await way.BackUpAsync(IsWithoutJournal(plan), cancellation); // 4
        var repair = await way.RepairAsync(plan, cancellation); // 5
        return new RecoverReport(RecoverReport.Repaired, plan, backup, repair, await new AccessProof(context).RunAsync(way.IsOnline, cancellation)); // 6
    }

    private async Task<RecoverReport> ResetAsync(RecoveryWay way, RecoverRequest request, CancellationToken cancellation)
    {
        way.RequireOffline("A full reset");
        var plan = await way.PlanAsync(cancellation);
        var phrase = $"reset all pairings on {plan.Gateway}";
        Show(plan);
        if (request.DryRun)
        {
            return new RecoverReport(RecoverReport.Planned, plan);
        }

        await PhraseAsync(phrase, request, cancellation);
        var backup = await way.BackUpAsync(raw: plan.Row is 1 or 2 or 7 or 8 or 10, cancellation);
        var reset = await way.ResetAsync(phrase, cancellation);
        return new RecoverReport(RecoverReport.Reset, plan, backup, reset, await new AccessProof(context).RunAsync(online: false, cancellation));
    }

    /// <summary>With <c>--json</c> it is in the result.</summary>
    private void Show(RecoveryPlanResult plan)
    {
        if (!context.Screen.Json)
        {
            RecoverySheet.Print(plan, context.Screen);
        }
    }

    /// <summary>Rows 1 and 2 may have nothing that could be read.</summary>
    private static bool IsWithoutJournal(RecoveryPlanResult plan) => plan.Row is 1 or 2;

    private async Task ConsentAsync(RecoverRequest request, string command, CancellationToken cancellation)
    {
        if (request.Yes)
        {
            return;
        }

        if (!context.Screen.CanAsk)
        {
            throw new CommandFailure(RefusalCode.ConsentRequired, "The repair wants a yes, and nobody is there to give it. Nothing was changed.", $"{command} --yes");
        }

        if (!await context.Screen.ConfirmAsync("Back up and repair?", cancellation))
        {
            throw new CommandFailure(RefusalCode.Cancelled, "Nothing was changed.");
        }
    }

    private async Task PhraseAsync(string phrase, RecoverRequest request, CancellationToken cancellation)
    {
        if (request.Confirm is null && !context.Screen.CanAsk)
        {
            throw new CommandFailure(
                RefusalCode.ConsentRequired, "A full reset ends every pairing; it wants its phrase typed, and nobody is there to type it. Nothing was changed.",
                $"{RecoverCommand.LocalAccess} --full-reset --confirm '{phrase}'");
        }

        var typed = request.Confirm ?? await context.Screen.AskAsync($"This ends every pairing. To go on, type: {phrase}\n", cancellation);
        if (typed?.Trim() != phrase)
        {
            throw new CommandFailure(RefusalCode.ConsentRequired, "The phrase is another one. Nothing was changed.", $"{RecoverCommand.LocalAccess} --full-reset --confirm '{phrase}'");
        }
    }
}
