namespace Netclaw.Actors.Trust;

/// <summary>How a header that may occur once was found.</summary>
public enum HeaderState
{
    Absent,
    Blank,

    /// <summary>More than once, with its underscore twin, comma-joined, or named by <c>Connection</c> as a header of one hop only: a refusal, never a choice.</summary>
    Ambiguous,
    One,
}

/// <summary>One header as it was found; the value stands only when there was exactly one.</summary>
public readonly record struct HeaderReading(HeaderState State, string? Value = null)
{
    public static HeaderReading Absent => default;

    public static HeaderReading Of(string value) => new(HeaderState.One, value);

    /// <summary>Values are identities and assertions: only that there is one is printed.</summary>
    public override string ToString() => State.ToString();
}
