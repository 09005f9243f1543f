using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Actors.Conversations;
using Netclaw.Actors.Spawning;
using Netclaw.Protocol;

namespace Netclaw.Actors.Cron;

/// <summary>Does what runs are for, outside the actor. Every run ends in an outcome, never in an exception.</summary>
/// <param name="watcher">Who hears of the ends of agents' turns, and tells <paramref name="turns"/>.</param>
internal sealed class CronWork(CronParts parts, CronTurns turns, IActorRef watcher) : IDisposable
{
    private const string Speaker = "cron";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    private readonly CronPrograms _programs = new(parts);
    private long _lastCommand;

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(parts.Journal.Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <param name="known">How it ended, when that is known and nobody may have been told; null: it is run.</param>
    /// <param name="cancellation">The run is not wanted any more.</param>
    public async Task<CronOutcome> RunAsync(ScheduledJob job, CronRun run, CronOutcome? known, CancellationToken cancellation)
    {
        try
        {
            var outcome = known ?? await ActAsync(job, run, cancellation).ConfigureAwait(false);
            return CronDecider.IsTriedAgain(job, run, outcome.Status) ? outcome : await DeliveredAsync(job, run, outcome, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            return known ?? new CronOutcome(CronStatus.Error, "It was cancelled");
        }
        catch (Exception e) when (e is AskTimeoutException or TimeoutException)
        {
            return known ?? new CronOutcome(CronStatus.Error, "The conversations of this gateway did not answer in time");
        }
    }

    public void Dispose() => _programs.Dispose();

    private Task<CronOutcome> ActAsync(ScheduledJob job, CronRun run, CancellationToken cancellation)
    {
        var needed = job.Spec.Payload.Kind == CronPayloadSpec.CommandKind ? Scope.Admin : Scope.Write;
        return parts.Allowed(job.Owner) is not { } scopes || !scopes.Covers(needed)
            ? Task.FromResult(new CronOutcome(CronStatus.Error, $"{job.Owner.Subject}, whose job it is, may not do this any more"))
            : job.Spec.Payload.Kind switch
            {
                CronPayloadSpec.SystemEventKind => RemindAsync(job, run, cancellation),
                CronPayloadSpec.AgentTurnKind => PromptAsync(job, run, scopes, cancellation),
                _ => ExecuteAsync(job, run, scopes, cancellation),
            };
    }

    /// <summary>Once for a fire, however often it is tried.</summary>
    private async Task<CronOutcome> RemindAsync(ScheduledJob job, CronRun run, CancellationToken cancellation)
    {
        var text = job.Spec.Payload.Text!;
        var place = CronPlaces.Of(job.Id, job.Spec, parts.DefaultAgent());
        return await SayAsync(place, text, job.RunId(run.Fire), cancellation).ConfigureAwait(false) is { } problem
            ? new CronOutcome(CronStatus.Error, problem)
            : new CronOutcome(CronStatus.Ok, Summary: text);
    }

    private async Task<CronOutcome> PromptAsync(ScheduledJob job, CronRun run, ScopeSet scopes, CancellationToken cancellation)
    {
        var (name, timeout) = (job.RunId(run.Number), TimeoutOf(job));
        var ended = turns.Expect(name);
        try
        {
            var place = CronPlaces.Of(job.Id, job.Spec, parts.DefaultAgent());
            var reply = await parts.Conversations().Ask<ConversationReply>(new ConversationCommand.Prompt(
                Interlocked.Increment(ref _lastCommand), Now, place, new Said(Conversations.Speaker.User, job.Spec.Payload.Message!, Speaker), name,
                new AgentGrant(job.Owner.Subject, scopes, null, 0) { Device = job.Owner.Device }, timeout, watcher, job.Spec.AgentId), AnswerWithin, cancellation).ConfigureAwait(false);
            return reply is ConversationReply.Refused refused
                ? new CronOutcome(CronStatus.Error, refused.Message)
                : Outcome(await ended.WaitAsync(timeout + AnswerWithin, parts.Journal.Time, cancellation).ConfigureAwait(false));
        }
        finally
        {
            turns.Forget(name);
        }
    }

    private async Task<CronOutcome> ExecuteAsync(ScheduledJob job, CronRun run, ScopeSet scopes, CancellationToken cancellation) =>
        Outcome(await _programs.RunAsync(job, run, scopes, TimeoutOf(job), cancellation).ConfigureAwait(false));

    /// <summary>A delivery that fails makes no good run a bad one: what it did is done.</summary>
    private async Task<CronOutcome> DeliveredAsync(ScheduledJob job, CronRun run, CronOutcome outcome, CancellationToken cancellation)
    {
        var problem = job.Spec.Delivery switch
        {
            { Mode: CronDeliverySpec.Webhook, To: { } to } when WebhookAddress.TryRead(to, out var address) =>
                (await parts.Webhooks.PostAsync(address, job.RunId(run.Number), CronDelivery.Body(job, run, outcome.Bounded(), Now), cancellation).ConfigureAwait(false), true),
            { Mode: CronDeliverySpec.Announce } when CronDelivery.IsHeardElsewhere(job.Spec) =>
                (await SayAsync(CronPlaces.MainOf(job.Spec, parts.DefaultAgent()), CronDelivery.Text(job, outcome.Bounded()), job.RunId(run.Number) + "-told", cancellation).ConfigureAwait(false), true),
            _ => (null, false),
        };
        return problem.Item2 ? outcome with { Delivered = problem.Item1 is null, DeliveryError = problem.Item1 } : outcome;
    }

    /// <returns>Null: it is said, durably.</returns>
    private async Task<string?> SayAsync(ConversationKey place, string text, string once, CancellationToken cancellation)
    {
        var reply = await parts.Conversations().Ask<ConversationReply>(
            new ConversationCommand.Append(Interlocked.Increment(ref _lastCommand), Now, place, new Said(Conversations.Speaker.System, text, Speaker), once), AnswerWithin, cancellation).ConfigureAwait(false);
        return (reply as ConversationReply.Refused)?.Message;
    }

    private static TimeSpan TimeoutOf(ScheduledJob job) => job.Spec.Payload.TimeoutSeconds is > 0 and { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeout;

    private static CronOutcome Outcome(AgentOutcome outcome) => outcome switch
    {
        AgentOutcome.Completed done => new CronOutcome(CronStatus.Ok, Summary: done.Text),
        AgentOutcome.Failed failed => new CronOutcome(CronStatus.Error, failed.Message, failed.Text),
        AgentOutcome.Cancelled cancelled => new CronOutcome(CronStatus.Error, "It was cancelled", cancelled.Text),
        _ => new CronOutcome(CronStatus.Lost, "The agent's turn was lost"),
    };

    private static CronOutcome Outcome(ChildEnd end) => end.Succeeded
        ? new CronOutcome(CronStatus.Ok, Summary: end.Output)
        : new CronOutcome(CronStatus.Error, string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{end.Problem ?? (end.TimedOut ? "It took longer than it may" : end.Cancelled ? "It was cancelled" : $"It ended with exit code {end.ExitCode}")}{(end.Errors.Length > 0 ? $": {end.Errors}" : "")}"), end.Output);
}
