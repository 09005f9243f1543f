using System.Text.Json.Serialization;
using Netclaw.Actors.Journal;

namespace Netclaw.Daemon.Keys;

/// <summary>How far one persistence id had come when the mark was written.</summary>
/// <param name="Sequence">Of its last record that was durable then.</param>
/// <param name="Sum">Of that record (<see cref="RecordChain"/>), base64.</param>
public sealed record MarkedHead(long Sequence, string Sum)
{
    public static MarkedHead Of(JournalHead head) => new(head.Sequence, Convert.ToBase64String(head.Sum.Span));

    [JsonIgnore]
    public JournalHead Head => new(Sequence, Convert.FromBase64String(Sum));

    internal bool IsWellFormed =>
        Sequence > 0 && Convert.TryFromBase64String(Sum, stackalloc byte[RecordEnvelope.SumBytes], out var length) && length == RecordEnvelope.SumBytes;
}
