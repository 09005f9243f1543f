using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Netclaw.Daemon.Agents;

/// <summary>What a program was handed and must not be repeated where it is quoted: in a log, an error, a transcript's note.</summary>
internal sealed class HandedValues
{
    private readonly ImmutableArray<string> _values;

    /// <param name="values">In any order; each is hidden as it is, and as it stands within JSON.</param>
    public HandedValues(params IEnumerable<string> values) => _values =
    [
        .. values.Where(value => value.Length > 0)
            .SelectMany(value => (string[])[value, JsonEncodedText.Encode(value).ToString(), JsonEncodedText.Encode(value, JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString()])
            .Distinct(StringComparer.Ordinal)
            .OrderByDescending(value => value.Length), // one may be a part of another
    ];

    /// <summary>In characters; 0: there is none.</summary>
    public int Longest => _values.IsEmpty ? 0 : _values[0].Length;

    /// <summary>To be called before anything is cut off: half a value is not found any more.</summary>
    public string Bare(string text) => _values.Aggregate(text, (bare, value) => bare.Replace(value, "***", StringComparison.Ordinal));
}
