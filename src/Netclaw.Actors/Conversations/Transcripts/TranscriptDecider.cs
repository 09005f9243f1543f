using System.Collections.Immutable;
using System.Globalization;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>What a command comes to.</summary>
/// <param name="Events">One write; empty: nothing changes.</param>
/// <param name="Reply">Stands once the events are durable.</param>
/// <param name="Stop">The running turn is to be cancelled.</param>
public sealed record TranscriptDecision(ImmutableArray<TranscriptEvent> Events, ConversationReply Reply, bool Stop = false);

/// <summary>What commands and ends of turns make of a transcript. Pure.</summary>
public static class TranscriptDecider
{
    /// <summary>Who speaks where the gateway says what became of a turn.</summary>
    public const string Gateway = "gateway";

    /// <param name="agent">Who answers a <see cref="ConversationCommand.Prompt"/>.</param>
    public static TranscriptDecision Decide(ConversationCommand command, Transcript transcript, string agent) => command switch
    {
        ConversationCommand.Append c => Append(c, transcript),
        ConversationCommand.Prompt c => Prompt(c, transcript, agent),
        ConversationCommand.Abort c => Abort(c, transcript),
        _ => throw new ArgumentOutOfRangeException(nameof(command), command, "not for one conversation"),
    };

    /// <summary>The end of the running turn: what it brought, then that it is over.</summary>
    /// <param name="tools">What tools answered, in order.</param>
    public static ImmutableArray<TranscriptEvent> Finish(DateTimeOffset now, OpenTurn turn, AgentOutcome outcome, IEnumerable<(string Tool, ToolAnswer Answer)> tools, Transcript transcript)
    {
        var said = new List<(Speaker Speaker, string Text, string By, string? Stop)>();
        said.AddRange(tools.TakeLast(ConversationLimits.ToolAnswers).Select(heard => (Speaker.Tool, TextCut.To(heard.Answer.Text, ConversationLimits.ToolCharacters), heard.Tool, heard.Answer.Ok ? null : (string?)"error")));
        var closed = outcome switch
        {
            AgentOutcome.Completed o => Answered(o.Text, o.StopReason, TurnEnd.Completed),
            AgentOutcome.Cancelled o => Answered(o.Text, "aborted", TurnEnd.Cancelled),
            AgentOutcome.Failed o => Noted(Answered(o.Text, "error", TurnEnd.Failed) with { Code = RefusalTable.NameOf(o.Code) }, $"No answer came: {o.Message}"),
            AgentOutcome.Lost => Noted(new ClosedTurn(turn.Run, TurnEnd.Lost), "The gateway stopped while this was being answered, and the answer is lost. Ask again."),
            _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
        };
        return
        [
            .. said.Select((each, index) => new TranscriptEvent.MessageAdded(new TranscriptMessage(transcript.Last + 1 + index, now, each.Speaker, each.Text, each.By) { Run = turn.Run, StopReason = each.Stop })),
            new TranscriptEvent.TurnOver(now, closed)
            {
                Usage = (outcome as AgentOutcome.Completed)?.Usage, Memory = (outcome as AgentOutcome.Completed)?.Session is { } session ? new AgentMemory(turn.Agent, session, turn.Message, turn.Run) : null,
            },
        ];

        ClosedTurn Answered(string text, string stop, TurnEnd end)
        {
            if (text.Length > 0)
            {
                said.Add((Speaker.Assistant, TextCut.To(text, ConversationLimits.AnswerCharacters), turn.Agent, stop));
            }

            return new ClosedTurn(turn.Run, end);
        }

        ClosedTurn Noted(ClosedTurn over, string note)
        {
            said.Add((Speaker.System, TextCut.To(note, ConversationLimits.ToolCharacters), Gateway, null));
            return over;
        }
    }

    /// <summary>What the agent is told of before: the latest of it, without what still waits to be answered.</summary>
    public static ImmutableArray<Said> History(Transcript transcript) => History(transcript, null);

    /// <summary>What the agent remembers by itself, and what was said since; null: nothing that is known.</summary>
    public static AgentSession? SessionOf(Transcript transcript, string agent) =>
        transcript.Memory is { } memory && memory.Agent == agent ? new AgentSession(memory.Session, History(transcript, memory)) : null;

    private static ImmutableArray<Said> History(Transcript transcript, AgentMemory? known)
    {
        var told = new List<Said>();
        var characters = 0;
        for (var at = transcript.Held.Count - 1; at >= 0 && told.Count < ConversationLimits.HistoryMessages; at--)
        {
            var message = transcript.Held[at];
            if (message.Sequence <= known?.Upto)
            {
                break;
            }

            if (message.Speaker == Speaker.Tool || (message.Run is not null && message.Run == known?.Run) || (message.Run is { } run && transcript.Position(run) >= 0))
            {
                continue;
            }

            characters += message.Text.Length;
            if (characters > ConversationLimits.HistoryCharacters)
            {
                break;
            }

            told.Add(new Said(message.Speaker, message.Text, message.By));
        }

        told.Reverse();
        return [.. told];
    }

    /// <summary>What has to be read from the journal for this; null: everything that is wanted is held.</summary>
    internal static PageWindow? Older(Transcript transcript, ConversationCommand.Read read)
    {
        if (read.After >= transcript.Last)
        {
            return null;
        }

        var most = Math.Clamp(read.Most, 1, ConversationLimits.PageMessages);
        var (from, to) = read.After is { } after
            ? (after + 1, Math.Min(after + most, transcript.Last))
            : (Math.Max(1, transcript.Last - read.Offset - most + 1), transcript.Last - read.Offset);
        var isHeld = from >= transcript.First || (read.After is null && Page(transcript, read) is [{ Sequence: var oldest }, ..] && oldest > transcript.First); // few long ones fill a page
        return from <= to && !isHeld ? new PageWindow(from, to, fromTheEnd: read.After is null) : null;
    }

    /// <summary>A part of what is held, oldest first, as much of it as one answer holds.</summary>
    public static ImmutableArray<TranscriptMessage> Page(Transcript transcript, ConversationCommand.Read read)
    {
        var most = Math.Clamp(read.Most, 1, ConversationLimits.PageMessages);
        var held = transcript.Held;
        if (read.After is { } after)
        {
            return Fitting(held.Skip((int)Math.Clamp(after - transcript.First + 1, 0, held.Count)).Take(most));
        }

        var end = Math.Max(0, held.Count - read.Offset);
        var latest = Fitting(Enumerable.Range(1, Math.Min(most, end)).Select(back => held[end - back]));
        return [.. latest.Reverse()];
    }

    private static TranscriptDecision Append(ConversationCommand.Append c, Transcript transcript) => transcript.Once.TryGetValue(c.Once, out var there)
        ? new TranscriptDecision([], new ConversationReply.Appended(c.CommandId, there))
        : new TranscriptDecision(
            [new TranscriptEvent.MessageAdded(new TranscriptMessage(transcript.Last + 1, c.Now, c.Said.Speaker, c.Said.Text, c.Said.By) { Once = c.Once })],
            new ConversationReply.Appended(c.CommandId, transcript.Last + 1));

    private static TranscriptDecision Prompt(ConversationCommand.Prompt c, Transcript transcript, string agent)
    {
        if (transcript.Position(c.Run) is var position and >= 0)
        {
            return new TranscriptDecision([], new ConversationReply.Accepted(c.CommandId, c.Run, position) { Sequence = transcript.Open[position].Message, Again = true });
        }

        if (transcript.Ended(c.Run) is { } ended)
        {
            return new TranscriptDecision([], new ConversationReply.Accepted(c.CommandId, c.Run, 0) { Ended = ended.End, Code = ended.Code });
        }

        if (c.Again)
        {
            return new TranscriptDecision([], new ConversationReply.Refused(c.CommandId, RefusalCode.UnknownRun, $"{c.Key} knows no turn {c.Run}: it has another transcript by now, or that was long ago"));
        }

        if (transcript.Open.Count >= ConversationLimits.OpenTurns)
        {
            return new TranscriptDecision([], new ConversationReply.Refused(c.CommandId, RefusalCode.ConversationBusy, string.Create(
                CultureInfo.InvariantCulture, $"{transcript.Open.Count} turns of {c.Key} run or wait already")));
        }

        var sequence = transcript.Last + 1;
        return new TranscriptDecision(
            [
                new TranscriptEvent.MessageAdded(new TranscriptMessage(sequence, c.Now, c.Said.Speaker, c.Said.Text, c.Said.By) { Run = c.Run }),
                new TranscriptEvent.TurnAsked(new OpenTurn(c.Run, agent, sequence, c.Now, (long)Math.Clamp(c.Timeout.TotalMilliseconds, 1, ConversationLimits.LongestTurn.TotalMilliseconds))),
            ],
            new ConversationReply.Accepted(c.CommandId, c.Run, transcript.Open.Count) { Sequence = sequence });
    }

    /// <summary>What waits is over at once; what runs is told to stop, and ends by itself.</summary>
    private static TranscriptDecision Abort(ConversationCommand.Abort c, Transcript transcript)
    {
        var meant = transcript.Open.Where(turn => c.Run is null || turn.Run == c.Run).ToList();
        var stop = meant.Count > 0 && meant[0] == transcript.Open[0];
        return new TranscriptDecision(
            [.. meant.Skip(stop ? 1 : 0).Select(turn => new TranscriptEvent.TurnOver(c.Now, new ClosedTurn(turn.Run, TurnEnd.Cancelled)))],
            new ConversationReply.Aborted(c.CommandId, meant.Count), stop);
    }

    private static ImmutableArray<TranscriptMessage> Fitting(IEnumerable<TranscriptMessage> messages)
    {
        var fitting = ImmutableArray.CreateBuilder<TranscriptMessage>();
        var characters = 0;
        foreach (var message in messages)
        {
            characters += message.Text.Length;
            if (characters > ConversationLimits.PageCharacters && fitting.Count > 0)
            {
                break;
            }

            fitting.Add(message);
        }

        return fitting.ToImmutable();
    }
}
