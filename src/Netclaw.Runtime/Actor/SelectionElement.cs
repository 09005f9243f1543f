using System.Text.RegularExpressions;

namespace Akka.Actor;

/// <summary>One step of a selection's way through the tree.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public abstract class SelectionPathElement
{
    /// <summary>For the three kinds of elements.</summary>
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

/// <summary>One step down, to the child of that name.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class SelectChildName(string name) : SelectionPathElement
{
    /// <summary>The child's name.</summary>
    public string Name { get; } = name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Children whose names match, with * for any characters and ? for one.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class SelectChildPattern(string patternStr) : SelectionPathElement
{
    private readonly Regex pattern = new(
        "^" + Regex.Escape(patternStr).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal) + "$",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    /// <summary>With * for any text and ? for one character.</summary>
    public string PatternStr { get; } = patternStr;

    /// <inheritdoc/>
    public override string ToString() => PatternStr;

    internal bool Matches(string name) => pattern.IsMatch(name);
}

/// <summary>All descendants; the last step of a selection.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class SelectChildRecursive : SelectionPathElement
{
    /// <inheritdoc/>
    public override string ToString() => "**";
}

/// <summary>One step up.</summary>
/// <remarks>Akka.NET documentation, "Actor References, Paths and Addresses".</remarks>
public class SelectParent : SelectionPathElement
{
    /// <inheritdoc/>
    public override string ToString() => "..";
}
