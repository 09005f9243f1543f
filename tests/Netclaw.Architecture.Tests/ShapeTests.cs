namespace Netclaw.Architecture;

/// <summary>The house stays readable: small files, domain folders.</summary>
public sealed class ShapeTests
{
    private const int MedianLines = 60;
    private const int NinetiethLines = 170;
    private const int MostLines = 300;

    /// <summary>Files longer than <see cref="MostLines"/>, each with its reason.</summary>
    private static readonly Dictionary<string, string> LongForAReason = new(StringComparer.Ordinal)
    {
        ["src/Netclaw.Runtime/Persistence/Eventsourced.Persisting.cs"] = "the public family of Persist members, each a few lines",
    };

    [Theory]
    [InlineData("src/Netclaw.Protocol")]
    [InlineData("src/Netclaw.Actors")]
    [InlineData("src/Netclaw.Daemon")]
    [InlineData("src/Netclaw.Cli")]
    [InlineData("src/Netclaw.Runtime")]
    [InlineData("src/Netclaw.Runtime.Sql")]
    public void Files_AreSmall(string project)
    {
        var sizes = Repository.Sources(project).Select(file => (File: file, Lines: Repository.Read(file).Split('\n').Length)).OrderBy(entry => entry.Lines).ToList();
        Assert.NotEmpty(sizes);
        Assert.True(sizes[sizes.Count / 2].Lines <= MedianLines, $"{project}: the median file has {sizes[sizes.Count / 2].Lines} lines");
        Assert.True(sizes[sizes.Count * 9 / 10].Lines <= NinetiethLines, $"{project}: nine in ten files have up to {sizes[sizes.Count * 9 / 10].Lines} lines");
        Rule.Holds(sizes.Where(entry => entry.Lines > MostLines && !LongForAReason.ContainsKey(entry.File)).Select(entry => $"{entry.File}: {entry.Lines}"));
    }

    [Fact]
    public void Folders_AreDomainNouns()
    {
        string[] forbidden = ["Common", "Utils", "Helpers", "Managers", "Models", "Services"];
        var found = Directory.EnumerateDirectories(Path.Combine(Repository.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(folder => forbidden.Contains(Path.GetFileName(folder)));
        Rule.Holds(found);
    }
}
