using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection's way through the tree.</summary>
public abstract class SelectionPathElement
{
    protected SelectionPathElement()
    {
    }

    internal static SelectionPathElement Parse(string element) => element switch
    {
        ".." => new SelectParent(),
        "**" => new SelectChildRecursive(),
        _ when element.AsSpan().IndexOfAny('*', '?') >= 0 => new SelectChildPattern(element),
        _ => new SelectChildName(element),
    };
}

public class SelectChildName(string name) : SelectionPathElement
{
    public string Name { get; } = name;

    public override string ToString() => Name;
}

/// <summary>Children whose names match, with * for any characters and ? for one.</summary>
public class SelectChildPattern(string patternStr) : SelectionPathElement
{
    private readonly Regex pattern = new(
        "^" + Regex.Escape(patternStr).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    public string PatternStr { get; } = patternStr;

    public override string ToString() => PatternStr;

    internal bool Matches(string name) => pattern.IsMatch(name);
}

/// <summary>All descendants; the last step of a selection.</summary>
public class SelectChildRecursive : SelectionPathElement
{
    public override string ToString() => "**";
}

public class SelectParent : SelectionPathElement
{
    public override string ToString() => "..";
}
