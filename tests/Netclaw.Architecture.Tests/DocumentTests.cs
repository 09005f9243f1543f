using System.Text.RegularExpressions;

namespace Netclaw.Architecture;

/// <summary>Prose that names things in the tree names things that are there.</summary>
public sealed partial class DocumentTests
{
    private const int DecisionLines = 60;

    [Fact]
    public void Links_LeadSomewhere()
    {
        var broken = from page in Repository.Pages()
            from Match link in Link().Matches(Repository.Read(page))
            let target = link.Groups["target"].Value.Split('#')[0]
            where target.Length > 0 && !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal)
            let path = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, target)
            where !File.Exists(path) && !Directory.Exists(path)
            select $"{page} -> {target}";
        Rule.Holds(broken);
    }

    [Fact]
    public void Decisions_AreShortNumberedAndIndexed()
    {
        var index = Repository.Read("docs/adr/README.md");
        var decisions = Repository.Pages().Where(page => Decision().IsMatch(page)).ToList();
        Assert.NotEmpty(decisions);
        foreach (var page in decisions)
        {
            var text = Repository.Read(page);
            Assert.True(text.Split('\n').Length <= DecisionLines, $"{page} is longer than {DecisionLines} lines");
            Assert.Contains("Status:", text, StringComparison.Ordinal);
            Assert.Contains("## Decision", text, StringComparison.Ordinal);
            Assert.Contains(Path.GetFileName(page), index, StringComparison.Ordinal);
        }

        var numbers = decisions.Select(page => Path.GetFileName(page)[..4]).ToList();
        Assert.Equal(numbers.Distinct().Count(), numbers.Count);
    }

    [Fact]
    public void Readme_NamesOnlyProjectsThatExist()
    {
        var named = Project().Matches(Repository.Read("README.md")).Select(match => match.Value).Distinct().ToList();
        Assert.NotEmpty(named);
        Rule.Holds(named.Where(path => !Directory.Exists(Path.Combine(Repository.Root, path))));
    }

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<target>[^)\s]+)\)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Link();

    [GeneratedRegex(@"^docs/adr/\d{4}-[a-z0-9-]+\.md$", RegexOptions.None, 1000)]
    private static partial Regex Decision();

    [GeneratedRegex(@"(src|tests)/Netclaw\.[A-Za-z.]*[A-Za-z]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Project();
}
