using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Netclaw.Actors.Agents;
using OpenAI.Chat;

namespace Netclaw.Daemon.Agents.OpenAi;

/// <summary>One reply as it arrives, piece by piece.</summary>
internal sealed class ReplyParts(AnswerText answer)
{
    private const int MostCalls = 32;
    private const int MostArguments = 256 * 1024;
    private const int MostName = 256;

    private readonly StringBuilder _text = new();
    private readonly SortedDictionary<int, CallParts> _calls = [];
    private ChatFinishReason? _finish;
    private bool _refused;
    private AgentUsage? _usage;

    /// <returns>False: no more of it is wanted.</returns>
    /// <exception cref="InvalidDataException">It is no reply.</exception>
    public bool Add(StreamingChatCompletionUpdate update)
    {
        _finish = update.FinishReason ?? _finish;
        _usage = update.Usage is { } usage ? new AgentUsage(usage.InputTokenCount, usage.OutputTokenCount) : _usage;
        _refused |= update.RefusalUpdate is { Length: > 0 };
        foreach (var call in update.ToolCallUpdates)
        {
            Add(call);
        }

        return update.ContentUpdate.Select(part => part.Text).Append(update.RefusalUpdate).All(text => Said(text ?? ""));
    }

    /// <exception cref="EndOfStreamException">It ended before it was finished.</exception>
    public ModelReply Whole()
    {
        ImmutableArray<ModelToolCall> calls = [.. _calls.Select((pair, at) => pair.Value.Whole(at))];
        return answer.IsFull ? new ModelReply(_text.ToString(), [], "length", _usage)
            : _finish is { } finish ? new ModelReply(_text.ToString(), calls, _refused ? "refusal" : Reason(finish), _usage)
            : throw new EndOfStreamException("it ended before it was finished");
    }

    private bool Said(string text)
    {
        _text.Append(text);
        return answer.Add(text);
    }

    private void Add(StreamingChatToolCallUpdate update)
    {
        if (!_calls.TryGetValue(update.Index, out var call))
        {
            call = _calls.Count < MostCalls ? new CallParts() : throw new InvalidDataException($"it called more than {MostCalls} tools at once");
            _calls.Add(update.Index, call);
        }

        call.Id ??= update.ToolCallId is { Length: > 0 } id ? id : null;
        call.Tool ??= update.FunctionName is { Length: > 0 } name ? name : null;
        call.Arguments.Append(update.FunctionArgumentsUpdate?.ToString());
        if (call.Arguments.Length > MostArguments || call.Id?.Length > MostName || call.Tool?.Length > MostName)
        {
            throw new InvalidDataException("one of its calls of tools is larger than any real one");
        }
    }

    private static string Reason(ChatFinishReason finish) => finish switch
    {
        ChatFinishReason.Length => "length",
        ChatFinishReason.ContentFilter => "refusal",
        _ => "stop",
    };

    private sealed class CallParts
    {
        public string? Id { get; set; }

        public string? Tool { get; set; }

        public StringBuilder Arguments { get; } = new();

        /// <summary>Some servers leave out the id; it only has to be one of a kind within the reply.</summary>
        public ModelToolCall Whole(int at) => new(Id ?? string.Create(CultureInfo.InvariantCulture, $"call_{at}"), Tool ?? "", Arguments.ToString());
    }
}
