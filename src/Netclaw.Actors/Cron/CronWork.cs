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
    private const string NoAnswer = "The conversations of this gateway did not answer in time";
    private static readonly TimeSpan AnswerWithin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    private readonly CronPrograms _programs = new(parts);
    private long _lastCommand;

    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(parts.Journal.Time.GetUtcNow().ToUnixTimeMilliseconds());

    /// <param name="known">How it ended, when that is known and nobody may have been told; null: it is run.</param>
    /// <param name="cancellation">The run is not wanted any more.</param>
    public async Task<CronRunEnd> RunAsync(ScheduledJob job, CronRun run, CronOutcome? known, CancellationToken cancellation)
    {
        var (outcome, final) = known is null ? await ActedAsync(job, run, cancellation).ConfigureAwait(false) : (known, false);

        // As the job stands now, not as it stood when the run began: whoever is told of an end is told once, and of one that is not tried again.
        var now = parts.View.Current?.Jobs.GetValueOrDefault(job.Id) ?? job;
        return !final && CronDecider.RetryAt(Now, now, run, outcome) is not null
            ? new CronRunEnd(job.Id, run.Number, outcome)
            : new CronRunEnd(job.Id, run.Number, await DeliveredAsync(job, run, outcome, cancellation).ConfigureAwait(false), Final: true);
    }

    public void Dispose() => _programs.Dispose();

    private async Task<(CronOutcome Outcome, bool Final)> ActedAsync(ScheduledJob job, CronRun run, CancellationToken cancellation)
    {
        var needed = job.Spec.Payload.Kind == CronPayloadSpec.CommandKind ? Scope.Admin : Scope.Write;
        if (parts.Allowed(job.Owner) is not { } scopes || !scopes.Covers(needed))
        {
            // What somebody may not do any more does not come right by being tried again.
            return (new CronOutcome(CronStatus.Error, $"{job.Owner.Subject}, whose job it is, may not do this any more"), true);
        }

        try
        {
            return (await ActAsync(job, run, scopes, cancellation).ConfigureAwait(false), false);
        }
        catch (OperationCanceledException)
        {
            return (new CronOutcome(CronStatus.Error, "It was cancelled"), false);
        }
        catch (Exception e) when (e is AskTimeoutException or TimeoutException)
        {
            return (new CronOutcome(CronStatus.Error, NoAnswer), false);
        }
        catch (Exception e)
        {
            // Of what nobody foresaw: a run that never ended would hold its job for ever.
            CronLog.BrokeOff(parts.Log, job.Id, run.Number, e);
            return (new CronOutcome(CronStatus.Error, $"It broke off: {e.Message}"), false);
        }
    }

    private Task<CronOutcome> ActAsync(ScheduledJob job, CronRun run, ScopeSet scopes, CancellationToken cancellation) => job.Spec.Payload.Kind switch
    {
        CronPayloadSpec.SystemEventKind => RemindAsync(job, run, cancellation),
        CronPayloadSpec.AgentTurnKind => PromptAsync(job, run, scopes, cancellation),
        _ => ExecuteAsync(job, run, scopes, cancellation),
    };

    /// <summary>Once for a fire, however often it is tried.</summary>
    private async Task<CronOutcome> RemindAsync(ScheduledJob job, CronRun run, CancellationToken cancellation)
    {
        var text = job.Spec.Payload.Text!;
        var place = CronPlaces.Of(job.Id, job.Spec, parts.DefaultAgent());
        return await SayAsync(place, text, job.RunId(run.Fire), cancellation).ConfigureAwait(false) is { } problem
            ? new CronOutcome(CronStatus.Error, problem)
            : new CronOutcome(CronStatus.Ok, Summary: text);
    }

    /// <summary>
    /// Waits for as long as the conversation is busy with others: the turn's time is the conversation's to count, from when it begins, and each one asked for ends. One that is not
    /// waited for any more is taken back, whether it runs, waits, or has not been answered for yet: it comes behind its own question.
    /// </summary>
    private async Task<CronOutcome> PromptAsync(ScheduledJob job, CronRun run, ScopeSet scopes, CancellationToken cancellation)
    {
        var (name, place, conversations) = (job.RunId(run.Number), CronPlaces.Of(job.Id, job.Spec, parts.DefaultAgent()), parts.Conversations());
        var (ended, over) = (turns.Expect(name), false);
        try
        {
            var reply = await conversations.Ask<ConversationReply>(new ConversationCommand.Prompt(
                Interlocked.Increment(ref _lastCommand), Now, place, new Said(Conversations.Speaker.User, job.Spec.Payload.Message!, Speaker), name,
                new AgentGrant(job.Owner.Subject, scopes, null, 0) { Device = job.Owner.Device }, TimeoutOf(job), watcher, job.Spec.AgentId), AnswerWithin, cancellation).ConfigureAwait(false);
            var outcome = reply switch
            {
                ConversationReply.Refused refused => new CronOutcome(CronStatus.Error, refused.Message),
                ConversationReply.Accepted { Ended: not null } => new CronOutcome(CronStatus.Error, $"The conversation has had a turn called {name} already"),
                _ => Outcome(await ended.WaitAsync(cancellation).ConfigureAwait(false)),
            };
            over = true;
            return outcome;
        }
        finally
        {
            turns.Forget(name);
            if (!over)
            {
                conversations.Tell(new ConversationCommand.Abort(Interlocked.Increment(ref _lastCommand), Now, place, name));
            }
        }
    }

    private async Task<CronOutcome> ExecuteAsync(ScheduledJob job, CronRun run, ScopeSet scopes, CancellationToken cancellation) =>
        Outcome(await _programs.RunAsync(job, run, scopes, TimeoutOf(job), cancellation).ConfigureAwait(false));

    /// <summary>A delivery that fails, however it does, makes no good run a bad one, and has none run again: what it did is done.</summary>
    private async Task<CronOutcome> DeliveredAsync(ScheduledJob job, CronRun run, CronOutcome outcome, CancellationToken cancellation)
    {
        if (!CronDelivery.IsDue(job.Spec))
        {
            return outcome;
        }

        string? problem;
        try
        {
            problem = await TellAsync(job, run, outcome.Bounded(), cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            problem = "The run was cancelled before this was told";
        }
        catch (Exception e) when (e is AskTimeoutException or TimeoutException && job.Spec.Delivery is { Mode: CronDeliverySpec.Announce })
        {
            problem = NoAnswer;
        }
        catch (Exception e)
        {
            CronLog.BrokeOff(parts.Log, job.Id, run.Number, e);
            problem = $"It broke off: {e.Message}";
        }

        if (problem is not null)
        {
            CronLog.NotTold(parts.Log, job.Id, run.Number, problem);
        }

        return outcome with { Delivered = problem is null, DeliveryError = problem };
    }

    /// <returns>Null: it is told.</returns>
    private async Task<string?> TellAsync(ScheduledJob job, CronRun run, CronOutcome outcome, CancellationToken cancellation) =>
        job.Spec.Delivery is { Mode: CronDeliverySpec.Webhook, To: { } to } && WebhookAddress.TryRead(to, out var address)
            ? await parts.Webhooks.PostAsync(address, job.RunId(run.Number), CronDelivery.Body(job, run, outcome, Now), cancellation).ConfigureAwait(false)
            : await SayAsync(CronPlaces.MainOf(job.Spec, parts.DefaultAgent()), CronDelivery.Text(job, outcome), job.RunId(run.Number) + "-told", cancellation).ConfigureAwait(false);

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
