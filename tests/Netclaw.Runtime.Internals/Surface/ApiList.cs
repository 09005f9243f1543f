using System.Text.RegularExpressions;

namespace Netclaw.Runtime.Internals.Surface;

/// <summary>The published API, one signature per line: <c>[assembly] type :: member</c> and <c>[assembly] kind type : bases</c>.</summary>
internal sealed partial class ApiList
{
    public const string RelativePath = "shared/design/akka-api-1.5.30.txt";

    private readonly Dictionary<string, HashSet<string>> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TypeLine> _types = new(StringComparer.Ordinal);

    private ApiList(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            var text = line[(line.IndexOf(']', StringComparison.Ordinal) + 2)..];
            if (text.Split(" :: ", 2) is [var type, var member]) Members(type).Add(member);
            else if (TypePattern().Match(text) is { Success: true } match) Add(match);
        }
    }

    public static ApiList Read() => new(File.ReadLines(Find()!));

    /// <summary>Looks beside the repository's root and beside each folder above it; null if the list is nowhere.</summary>
    public static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Netclaw.sln"))) folder = folder.Parent;
        for (folder = folder?.Parent; folder is not null; folder = folder.Parent)
            if (Path.Combine(folder.FullName, RelativePath) is var file && File.Exists(file))
                return file;
        return null;
    }

    public TypeLine? Type(string name) => _types.GetValueOrDefault(name);

    /// <summary>True if the type or one of its bases has the member, written exactly so.</summary>
    public bool HasMember(string type, string member)
    {
        for (var name = type; name is not null; name = BaseOf(name))
            if (_members.TryGetValue(Plain(name), out var members) && members.Contains(member))
                return true;
        return false;
    }

    /// <summary>True if <paramref name="type"/> derives from <paramref name="ancestor"/>, at any distance.</summary>
    public bool Derives(string type, string ancestor)
    {
        for (var name = BaseOf(type); name is not null; name = BaseOf(name))
            if (Plain(name) == Plain(ancestor))
                return true;
        return false;
    }

    private string? BaseOf(string type)
        => _types.TryGetValue(Plain(type), out var line) ? line.Bases.FirstOrDefault(name => IsClass(name)) : null;

    private bool IsClass(string name) => _types.TryGetValue(Plain(name), out var line) && line.Kind.EndsWith("class", StringComparison.Ordinal);

    private HashSet<string> Members(string type)
        => _members.TryGetValue(Plain(type), out var members) ? members : _members[Plain(type)] = new HashSet<string>(StringComparer.Ordinal);

    private void Add(Match match)
    {
        var bases = match.Groups["bases"].Value;
        _types[Plain(match.Groups["name"].Value)] = new TypeLine(match.Groups["kind"].Value, match.Groups["name"].Value, SplitOutsideBrackets(bases));
    }

    /// <summary>A type's name with its number of type arguments in place of their names: bases name theirs differently.</summary>
    private static string Plain(string name)
    {
        var open = name.IndexOf('<', StringComparison.Ordinal);
        return open < 0 ? name : $"{name[..open]}`{SplitOutsideBrackets(name[(open + 1)..^1]).Count}";
    }

    private static List<string> SplitOutsideBrackets(string text)
    {
        var parts = new List<string>();
        var (depth, start) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i == text.Length || (text[i] == ',' && depth == 0))
            {
                if (i > start) parts.Add(text[start..i].Trim());
                start = i + 1;
            }
            else
            {
                depth += text[i] switch { '<' => 1, '>' => -1, _ => 0 };
            }
        }

        return parts;
    }

    [GeneratedRegex(@"^(?<kind>(?:abstract |sealed |static )?(?:class|interface|struct|enum|delegate)) (?<name>[^ ]+)(?: : (?<bases>.+))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TypePattern();

    /// <summary>One type of the list.</summary>
    internal sealed record TypeLine(string Kind, string Name, IReadOnlyList<string> Bases);
}
