using System.Collections.Immutable;

namespace Netclaw.Daemon.Schema;

/// <summary>What a value of netclaw.json looks like, as far as JSON Schema can say it. Closed.</summary>
public abstract record KeyShape
{
    private KeyShape()
    {
    }

    /// <summary>An object with keys of its own.</summary>
    public sealed record Group : KeyShape;

    /// <param name="Format">What the text names, for people and editors; not checked by its shape.</param>
    public sealed record Text(string? Format = null) : KeyShape;

    /// <summary>One of a closed set, in any case, with or without hyphens.</summary>
    public sealed record Choice(ImmutableArray<string> Names) : KeyShape;

    public sealed record Integer(long Least, long Most) : KeyShape;

    public sealed record Flag : KeyShape;

    /// <summary>A text that is never shown.</summary>
    public sealed record Hidden : KeyShape;

    public sealed record List(KeyShape Item) : KeyShape;

    /// <summary>An object whose keys people choose.</summary>
    public sealed record Map(KeyShape Value) : KeyShape;

    /// <summary>Exactly this text.</summary>
    public sealed record Word(string Value) : KeyShape;

    public sealed record Either(KeyShape First, KeyShape Second) : KeyShape;
}
