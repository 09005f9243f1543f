using System.Text.RegularExpressions;

namespace Netclaw.Runtime.Internals.Switch;

/// <summary><c>-p:ActorRuntime=akka</c> puts the packages in the place of the projects, in every project and with no other change.</summary>
public sealed partial class ActorRuntimeSwitchTests
{
    private const string Version = "1.5.30";

    private static readonly string[] EmbeddedOnly = ["Netclaw.Runtime", "Netclaw.Runtime.Sql", "Netclaw.Runtime.TestKit", "Netclaw.Runtime.Internals"];

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(ProjectUnderAkka.Root, "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetRelativePath(ProjectUnderAkka.Root, file))
        .Where(file => file.StartsWith("src/", StringComparison.Ordinal) || file.StartsWith("tests/", StringComparison.Ordinal))
        .Where(file => !EmbeddedOnly.Contains(Path.GetFileNameWithoutExtension(file)))
        .Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Project_TakesThePackages_InThePlaceOfTheEmbeddedRuntime(string file)
    {
        var project = await ProjectUnderAkka.Evaluate(file);

        Assert.DoesNotContain(project.Items("ProjectReference"), reference => EmbeddedOnly.Contains(Path.GetFileNameWithoutExtension(reference)));
        Assert.Equal(Expected(project).Order(StringComparer.Ordinal), project.Items("PackageReference").Where(name => name.StartsWith("Akka", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.EndsWith("/artifacts/akka", project.Property("ArtifactsPath"), StringComparison.Ordinal);
        Assert.Contains("CS0618", project.Property("WarningsNotAsErrors").Split(';'));
        Assert.DoesNotContain(project.Items("Compile"), source => source.EndsWith(".embedded.cs", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public async Task Versions_AreCentral_AndThoseOfThePackages_AllTheSame(string file)
    {
        var project = await ProjectUnderAkka.Evaluate(file);
        var versions = project.Versions();

        Assert.Empty(project.OwnVersions());
        Assert.All(project.Items("PackageReference"), name => Assert.True(versions.ContainsKey(name), $"{name} has no central version"));
        Assert.All(versions.Where(each => each.Key.StartsWith("Akka", StringComparison.Ordinal)), each => Assert.Equal(Version, each.Value));
    }

    [Theory]
    [InlineData("src/Netclaw.Actors")]
    [InlineData("src/Netclaw.Daemon")]
    [InlineData("tests/Netclaw.Actors.Tests")]
    [InlineData("tests/Netclaw.Daemon.Tests")]
    [InlineData("tests/Netclaw.Runtime.Contract")]
    [InlineData("tests/Shared")]
    public void Source_HasNoDirective_AndNothingOfTheEmbeddedRuntime(string folder)
    {
        var offenders = Directory.EnumerateFiles(Path.Combine(ProjectUnderAkka.Root, folder), "*.cs", SearchOption.AllDirectories)
            .Where(source => OneSided().IsMatch(File.ReadAllText(source)));

        Assert.Empty(offenders);
    }

    [Fact]
    public void Runtime_ShowsItsInsides_OnlyToItsOwnProjectsAndTests()
    {
        var shown = new[] { "src/Netclaw.Runtime", "src/Netclaw.Runtime.Sql" }
            .SelectMany(folder => FriendPattern().Matches(File.ReadAllText(Path.Combine(ProjectUnderAkka.Root, folder, Path.GetFileName(folder) + ".csproj"))))
            .Select(match => match.Groups["friend"].Value);

        Assert.Subset(EmbeddedOnly.ToHashSet(), shown.ToHashSet());
    }

    /// <summary>The packages' analyzers are quiet, so that a rule of theirs (AK…) is no error.</summary>
    [Fact]
    public void Analyzers_AreQuiet_UnlessTheyAreNamed()
    {
        var config = File.ReadAllText(Path.Combine(ProjectUnderAkka.Root, ".editorconfig"));

        Assert.Contains("\ndotnet_analyzer_diagnostic.severity = none\n", config, StringComparison.Ordinal);
        Assert.DoesNotContain("dotnet_diagnostic.AK", config, StringComparison.Ordinal);
    }

    private static IEnumerable<string> Expected(ProjectUnderAkka project)
    {
        if (project.Is("UsesActors"))
            yield return "Akka.Hosting";
        if (project.Is("UsesActors"))
            yield return "Akka.Persistence.Hosting";
        if (project.Is("UsesActorsSql"))
            yield return "Akka.Remote.Hosting";
        if (project.Is("UsesActorsSql"))
            yield return "Akka.Persistence.Sql.Hosting";
        if (project.Is("UsesActorTestKit"))
            yield return "Akka.TestKit.Xunit2";
        if (project.Is("UsesActorTestKit"))
            yield return "Akka.Hosting.TestKit";
    }

    [GeneratedRegex(@"^\s*#(if|elif|else)\b|\bNetclaw\.Runtime\.(Sql|Internals)\b", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex OneSided();

    [GeneratedRegex("InternalsVisibleTo Include=\"(?<friend>[^\"]+)\"", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex FriendPattern();
}
