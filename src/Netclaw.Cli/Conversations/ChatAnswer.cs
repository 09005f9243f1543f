using System.Text;
using Netclaw.Cli.Failures;
using Netclaw.Cli.Output;
using Netclaw.Protocol;

namespace Netclaw.Cli.Conversations;

/// <summary>One answer as far as it has been heard: each piece of it once, by whatever way it comes.</summary>
/// <param name="print">Told what is new.</param>
internal sealed class ChatAnswer(string run, Action<string> print)
{
    private readonly StringBuilder _text = new();
    private long _sequence;

    public string Run => run;

    /// <summary>The gateway has said that it has the question: it is not to be begun once more.</summary>
    public bool IsAsked { get; set; }

    /// <returns>Null: there is more to come.</returns>
    /// <exception cref="CommandFailure">No answer came.</exception>
    public ChatReport? Hear(ChatEvent said)
    {
        if (said.Seq <= _sequence)
        {
            return null; // it was in what was caught up on
        }

        _sequence = said.Seq;
        Add(said.DeltaText ?? "");
        return said.State switch
        {
            ChatEvent.Error => throw Failed(CodeOf(said.ErrorDetail?.ProviderRuntimeFailureKind, said.ErrorKind), $"No answer came: {PlainText.Of(said.ErrorMessage)}."),
            ChatEvent.Aborted when said.StopReason is ChatEvent.Deleted or ChatEvent.Reset =>
                throw Failed(RefusalCode.Cancelled, $"No answer comes any more: {PlainText.Of(said.SessionKey)} was {(said.StopReason == ChatEvent.Deleted ? "deleted" : "reset")} while it was being given."),
            ChatEvent.Final or ChatEvent.Aborted => End(said.SessionKey, said.State, said.Message, said.StopReason),
            _ => null,
        };
    }

    /// <summary>What another connection missed.</summary>
    /// <param name="sent">What became of the turn, as it was answered when the turn was asked for once more.</param>
    /// <returns>Null: there is more to come.</returns>
    /// <exception cref="CommandFailure">No answer came.</exception>
    public ChatReport? CatchUp(string session, ChatSendResult sent, ChatHistoryResult history)
    {
        if (history.InFlightRun is { } flight && flight.RunId == run)
        {
            Add(flight.Text[Math.Min(_text.Length, flight.Text.Length)..]);
            _sequence = flight.Seq;
            return null;
        }

        var messages = (history.Messages ?? []).Where(message => message.RunId == run).ToList();
        return sent.Status switch
        {
            AgentResult.Ok => End(session, ChatEvent.Final, messages.LastOrDefault(message => message.Role == "assistant"), null),
            AgentResult.Aborted => End(session, ChatEvent.Aborted, messages.LastOrDefault(message => message.Role == "assistant"), "aborted"),
            AgentResult.Error => throw Failed(CodeOf(sent.NetclawCode, null), PlainText.Of(messages.LastOrDefault(message => message.Role == "system") is { } note ? Words(note) : "No answer came, and nothing says why.")),
            _ => null,
        };
    }

    /// <summary>What is said of a turn that is not known any more where it was asked.</summary>
    /// <param name="isDeleted">The conversation is not there; else it has another transcript.</param>
    public CommandFailure Gone(string session, bool isDeleted) =>
        Failed(RefusalCode.Cancelled, $"No answer comes any more: {PlainText.Of(session)} was {(isDeleted ? "deleted" : "reset, or deleted and begun anew,")} while there was no connection.");

    /// <summary>A code that this version does not know, or none, is an ordinary failure.</summary>
    private static RefusalCode CodeOf(string? code, string? kind) =>
        code is not null && RefusalTable.TryFind(code, out var row) ? row.Code : kind == "timeout" ? RefusalCode.AgentTimedOut : RefusalCode.AgentFailed;

    private ChatReport End(string session, string state, ChatMessage? message, string? stopReason)
    {
        var whole = message is null ? _text.ToString() : Words(message);
        print(PlainText.Lines(whole[Math.Min(_text.Length, whole.Length)..]) + "\n");
        if (state == ChatEvent.Aborted)
        {
            print("(stopped)\n");
        }

        return new ChatReport(run, session, state, whole, stopReason ?? message?.StopReason);
    }

    private void Add(string more)
    {
        if (more.Length > 0)
        {
            _text.Append(more);
            print(PlainText.Lines(more));
        }
    }

    private CommandFailure Failed(RefusalCode code, string message)
    {
        if (_text.Length > 0)
        {
            print("\n");
        }

        return new CommandFailure(code, message);
    }

    private static string Words(ChatMessage message) => string.Concat(message.Content.Select(part => part.Text));
}
