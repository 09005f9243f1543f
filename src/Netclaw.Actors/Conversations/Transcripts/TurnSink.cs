using System.Text;
using System.Text.Json;
using Akka.Actor;
using Netclaw.Actors.Agents;

namespace Netclaw.Actors.Conversations.Transcripts;

/// <summary>What an agent said since it was last listened to. Closed.</summary>
internal abstract record Heard
{
    private Heard()
    {
    }

    public sealed record Text(string More) : Heard;

    public sealed record Call(string Id, string Tool, JsonElement Arguments) : Heard;

    public sealed record Answer(string Id, string Tool, ToolAnswer Given) : Heard;

    public sealed record Doing(string Phase) : Heard;
}

/// <summary>There is something to fetch from the sink of a run.</summary>
internal sealed record HeardMore(string Run);

/// <summary>
/// Gathers what an agent says, on its own threads, until the conversation fetches it: however fast it talks, one message is on its way. What is more than an answer may hold is dropped and said so.
/// </summary>
internal sealed class TurnSink(IActorRef conversation, string run) : IAgentSink
{
    private const int MostUnfetched = 1_000;

    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private List<Heard> _heard = [];
    private int _characters;
    private bool _told;

    /// <summary>It said more than an answer may hold.</summary>
    public bool Overflowed { get; private set; }

    public void Delta(string text)
    {
        lock (_gate)
        {
            _characters += text.Length;
            Overflowed |= _characters > ConversationLimits.AnswerCharacters;
            if (!Overflowed)
            {
                _text.Append(text);
            }

            Tell();
        }
    }

    public void ToolCalled(string call, string tool, JsonElement arguments) => Add(new Heard.Call(call, tool, arguments.Clone()));

    public void ToolAnswered(string call, string tool, ToolAnswer answer) => Add(new Heard.Answer(call, tool, answer));

    public void Status(string phase) => Add(new Heard.Doing(phase));

    /// <summary>In order; text that came together is one.</summary>
    public List<Heard> Fetch()
    {
        lock (_gate)
        {
            Gather();
            _told = false;
            return Interlocked.Exchange(ref _heard, []);
        }
    }

    private void Add(Heard heard)
    {
        lock (_gate)
        {
            Gather();
            if (_heard.Count < MostUnfetched)
            {
                _heard.Add(heard);
            }

            Tell();
        }
    }

    private void Gather()
    {
        if (_text.Length > 0)
        {
            _heard.Add(new Heard.Text(_text.ToString()));
            _text.Clear();
        }
    }

    private void Tell()
    {
        if (!_told)
        {
            _told = true;
            conversation.Tell(new HeardMore(run), ActorRefs.NoSender);
        }
    }
}
