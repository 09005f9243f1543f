using System.Collections;
using Akka.Event;

namespace Akka.Hosting.Logging;

/// <summary>An event as structured logging sees it: text, source and the message's own format.</summary>
internal sealed class LogEntry(LogEvent log) : IReadOnlyList<KeyValuePair<string, object?>>
{
    private const string Format = "[{LogSource}] {Message}";

    public int Count => 3;

    public KeyValuePair<string, object?> this[int index] => index switch
    {
        0 => new("LogSource", log.LogSource),
        1 => new("Message", log.Message),
        2 => new("{OriginalFormat}", Format),
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override string ToString() => $"[{log.LogSource}] {log.Message}";
}
