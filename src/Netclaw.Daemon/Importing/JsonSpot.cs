using System.Collections.Immutable;

namespace Netclaw.Daemon.Importing;

/// <summary>A JSON value and where in its file it begins, in bytes. Closed. Not records: a text may be a token.</summary>
internal abstract class JsonSpot
{
    private JsonSpot(long offset) => Offset = offset;

    public long Offset { get; }

    public sealed class Text(long offset, string value) : JsonSpot(offset)
    {
        public string Value => value;
    }

    /// <param name="value">Null: no whole number of 64 bits.</param>
    public sealed class Number(long offset, long? value) : JsonSpot(offset)
    {
        public long? Value => value;
    }

    public sealed class Truth(long offset, bool value) : JsonSpot(offset)
    {
        public bool Value => value;
    }

    public sealed class Nothing(long offset) : JsonSpot(offset);

    public sealed class List(long offset, ImmutableArray<JsonSpot> items) : JsonSpot(offset)
    {
        public ImmutableArray<JsonSpot> Items => items;
    }

    /// <summary>Every name stands once.</summary>
    public sealed class Group(long offset, ImmutableArray<KeyValuePair<string, JsonSpot>> members) : JsonSpot(offset)
    {
        public ImmutableArray<KeyValuePair<string, JsonSpot>> Members => members;

        /// <summary>Null when it is not there or null.</summary>
        public JsonSpot? Find(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                foreach (var member in members)
                {
                    if (member.Key == name && member.Value is not Nothing)
                    {
                        return member.Value;
                    }
                }
            }

            return null;
        }
    }
}
