using System.Text;
using Netclaw.Actors.Agents;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Agents;

/// <summary>An answer as it grows: what the sink was told is what the outcome says, to the character. Thread-safe.</summary>
/// <param name="most">In characters; what comes after is dropped.</param>
internal sealed class AnswerText(IAgentSink sink, int most)
{
    private readonly Lock _gate = new();
    private readonly StringBuilder _text = new();
    private bool _parted;

    public bool IsFull { get; private set; }

    public bool IsEmpty => Length == 0;

    public int Length
    {
        get
        {
            lock (_gate)
            {
                return _text.Length;
            }
        }
    }

    /// <returns>False: there is no room for more.</returns>
    public bool Add(string delta)
    {
        lock (_gate)
        {
            if (delta.Length == 0 || IsFull)
            {
                return !IsFull;
            }

            var text = _parted && _text.Length > 0 ? "\n\n" + delta : delta;
            _parted = false;
            IsFull = _text.Length + text.Length > most;
            var kept = IsFull ? TextCut.To(text, most - _text.Length) : text;
            _text.Append(kept);
            if (kept.Length > 0)
            {
                sink.Delta(kept);
            }

            return !IsFull;
        }
    }

    /// <summary>What follows is another paragraph: it was said after tools had answered.</summary>
    public void Part()
    {
        lock (_gate)
        {
            _parted = true;
        }
    }

    public override string ToString()
    {
        lock (_gate)
        {
            return _text.ToString();
        }
    }
}
