using Akka.Actor;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>
/// Turns: 1 asked for, durably → 2 started when it is the first → 3 listened to → 4 done, or cut → 5 what it brought is written → 6 told as over → the next. An agent runs outside the actor; what it says late
/// carries its run and is dropped.
/// </summary>
public sealed partial class ConversationActor
{
    private readonly Dictionary<string, (AgentGrant Grant, IActorRef? Watcher)> _asked = new(StringComparer.Ordinal);
    private RunningTurn? _running;

    private void Follow(ConversationCommand command, TranscriptDecision decision)
    {
        switch (command)
        {
            case ConversationCommand.Prompt c when decision.Events.Length > 0: // 1
                _asked[c.Run] = (c.Grant, c.Watcher);
                _parts.Turns.Asked(_id.Key, c.Run);
                StartNext();
                TellCatalogue("message");
                break;
            case ConversationCommand.Prompt { Watcher: { } watcher } c when decision.Reply is ConversationReply.Accepted { Again: true } && _asked.TryGetValue(c.Run, out var asked):
                _asked[c.Run] = (asked.Grant, watcher);
                break;
            case ConversationCommand.Abort:
                foreach (var over in decision.Events.OfType<TranscriptEvent.TurnOver>())
                {
                    Tell(over.Turn.Run, new AgentOutcome.Cancelled(""), null);
                }

                if (decision.Stop && _running is { } running)
                {
                    Stop(running);
                }

                TellCatalogue("abort");
                break;
            default:
                if (decision.Events.Length > 0)
                {
                    TellCatalogue("message");
                }

                break;
        }
    }

    private void StartNext() // 2
    {
        if (_running is not null || _transcript.Open is not [var turn, ..])
        {
            return;
        }

        var sink = new TurnSink(Self, turn.Run);
        var running = _running = new RunningTurn(turn, sink, Time.GetUtcNow());
        _parts.News.Started(_id.Key, running, Time.GetUtcNow());
        ConversationLog.TurnStarted(_parts.Log, _id.ToString(), turn.Run, turn.Agent);
        if (_parts.Agents.Find(turn.Agent) is not { } runtime)
        {
            Self.Tell(new TurnDone(turn.Run, new AgentOutcome.Failed(RefusalCode.NoAgent, $"the agent {turn.Agent} is not configured any more", "")));
            return;
        }

        var timeout = TimeSpan.FromMilliseconds(turn.Timeout);
        var asked = new AgentTurn(
            turn.Agent, _id.Key, turn.Run, TranscriptDecider.History(_transcript), _transcript.Find(turn.Message)?.Text ?? "", timeout, _asked[turn.Run].Grant, _parts.Tools)
        {
            Session = TranscriptDecider.SessionOf(_transcript, turn.Agent),
        };
        Timers.StartSingleTimer(turn.Run, new TurnTooLong(turn.Run), timeout);
        _ = RunAsync(runtime, asked, running).PipeTo(Self);
    }

    /// <summary>On a thread of its own from the first step; a runtime that throws all the same is a failed turn.</summary>
    private static async Task<TurnDone> RunAsync(IAgentRuntime runtime, AgentTurn turn, RunningTurn running)
    {
        try
        {
            return new TurnDone(turn.Run, await Task.Run(() => runtime.RunAsync(turn, running.Sink, running.Stopping)).ConfigureAwait(false));
        }
        catch (Exception e)
        {
            return new TurnDone(turn.Run, new AgentOutcome.Failed(RefusalCode.InternalError, $"the agent's runtime failed: {e.Message}", ""));
        }
    }

    private void Listen(string run) // 3
    {
        if (_running is not { } running || running.Turn.Run != run)
        {
            return;
        }

        foreach (var heard in running.Sink.Fetch())
        {
            switch (heard)
            {
                case Heard.Text text: running.Text.Append(text.More); break;
                case Heard.Answer answer: running.Tools.Add((answer.Tool, answer.Given)); break;
            }

            _parts.News.Heard(_id.Key, running, heard, Time.GetUtcNow());
        }

        if (running.Sink.Overflowed && running.Cause is null)
        {
            running.Cause = new AgentOutcome.Failed(RefusalCode.AgentFailed, $"the answer is longer than {ConversationLimits.AnswerCharacters} characters, and was ended there", "");
            Stop(running);
        }
    }

    private void TooLong(string run)
    {
        if (_running is { } running && running.Turn.Run == run)
        {
            running.Cause ??= new AgentOutcome.Failed(RefusalCode.AgentTimedOut, $"the agent took longer than {TimeSpan.FromMilliseconds(running.Turn.Timeout).TotalSeconds:0.###} seconds, and was ended", "");
            Stop(running);
        }
    }

    /// <summary>Whoever stops it once more does not give it more time.</summary>
    private void Stop(RunningTurn running)
    {
        if (running.Stop())
        {
            Timers.StartSingleTimer(running.Turn.Run, new TurnStuck(running.Turn.Run), ConversationLimits.StopGrace);
        }
    }

    private void Stuck(string run)
    {
        if (_running is { } running && running.Turn.Run == run)
        {
            ConversationLog.TurnStuck(_parts.Log, _id.ToString(), run, running.Turn.Agent);
            Done(new TurnDone(run, new AgentOutcome.Cancelled(running.Text.ToString())));
        }
    }

    private void Done(TurnDone done) // 4
    {
        Listen(done.Run); // what it said last
        if (_running is not { } running || running.Turn.Run != done.Run)
        {
            return;
        }

        Timers.Cancel(done.Run);
        var outcome = running.Cause is { } cause && done.Outcome is not AgentOutcome.Completed ? cause with { Text = running.Text.ToString() } : done.Outcome;
        if (Health.Failure is not null)
        {
            // It cannot be written, so it is not said to be done; the next waking finds it open.
            Context.Stop(Self);
            return;
        }

        Write(TranscriptDecider.Finish(Now, running.Turn, outcome, running.Tools, _transcript), () => // 5
        {
            Tell(done.Run, outcome, running); // 6
            running.Dispose();
            _running = null;
            TellCatalogue("end");
            StartNext();
        });
    }

    private void Tell(string run, AgentOutcome outcome, RunningTurn? running)
    {
        ConversationLog.TurnEnded(_parts.Log, _id.ToString(), run, outcome.GetType().Name);
        var answer = _transcript.Held.FindLast(message => message.Run == run && message.Speaker == Speaker.Assistant);
        _parts.News.Ended(_id, run, outcome, running, Time.GetUtcNow(), answer, _start.Fate.EndedBy);
        var ended = new TurnEnded(_id.Key, run, outcome);
        _parts.Turns.Ended(ended);
        if (_asked.Remove(run, out var asked))
        {
            asked.Watcher?.Tell(ended);
        }
    }

    /// <summary>At waking: what was open when the daemon went down is over, and the transcript says so.</summary>
    /// <returns>False: there was nothing of the kind, and the catalogue has heard nothing yet.</returns>
    private bool LoseTurns()
    {
        if (_transcript.Open.IsEmpty || Health.Failure is not null)
        {
            return false;
        }

        var lost = _transcript.Open;
        var after = _transcript;
        var events = new List<TranscriptEvent>();
        foreach (var turn in lost)
        {
            var end = TranscriptDecider.Finish(Now, turn, new AgentOutcome.Lost(), [], after);
            after = end.Aggregate(after, (transcript, happened) => transcript.Apply(happened));
            events.AddRange(end);
        }

        Write(events, () =>
        {
            foreach (var turn in lost)
            {
                Tell(turn.Run, new AgentOutcome.Lost(), null);
            }

            TellCatalogue("end");
        });
        return true;
    }

    /// <summary>It stops with turns open: nobody who listens or waits does so for ever. Turns that go with their conversation are cancelled; what stops for any other reason loses them.</summary>
    private void EndTurns()
    {
        _running?.Stop();
        foreach (var run in _transcript.Open.Select(turn => turn.Run).Where(_asked.ContainsKey).ToList())
        {
            var running = _running?.Turn.Run == run ? _running : null;
            Tell(run, _start.Fate.EndedBy is null ? new AgentOutcome.Lost() : new AgentOutcome.Cancelled(running?.Text.ToString() ?? ""), running);
        }
    }
}
