using System.Text.RegularExpressions;

namespace Akka.TestKit.Internal;

/// <summary>What a text must look like; everything fits a match without conditions.</summary>
internal sealed class TextMatch(string description, Func<string, bool> fits)
{
    public static readonly TextMatch Any = new("anything", static _ => true);

    public bool Fits(string? text) => fits(text ?? "");

    public override string ToString() => description;

    public static TextMatch Of(string? whole, string? start, string? contains)
    {
        if (whole is not null) return new($"\"{whole}\"", text => string.Equals(text, whole, StringComparison.Ordinal));
        if (start is not null) return new($"\"{start}…\"", text => text.StartsWith(start, StringComparison.Ordinal));
        return contains is null ? Any : new($"\"…{contains}…\"", text => text.Contains(contains, StringComparison.Ordinal));
    }

    public static TextMatch Of(Regex pattern) => new($"/{pattern}/", pattern.IsMatch);

    /// <summary>A log source: the whole of it, or the path of an actor whose address may be left out.</summary>
    public static TextMatch OfSource(string? source) => source is null
        ? Any
        : new($"\"{source}\"", text => string.Equals(text, source, StringComparison.Ordinal) || text.EndsWith("://" + source, StringComparison.Ordinal)
            || (source.StartsWith('/') && text.EndsWith(source, StringComparison.Ordinal)));
}
