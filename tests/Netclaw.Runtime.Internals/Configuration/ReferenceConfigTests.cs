using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;
using Akka.TestKit.Configs;

namespace Netclaw.Runtime.Internals.Configuration;

/// <summary>The defaults say what the code reads, and nothing else; the product's file sets nothing that nobody reads.</summary>
public sealed partial class ReferenceConfigTests
{
    private static readonly Config Persistence = ConfigurationFactory.FromResource<Config>("Akka.Persistence.persistence.conf");
    private static readonly Config Defaults = ConfigurationFactory.Default().WithFallback(Persistence).WithFallback(TestConfigs.DefaultConfig);

    [Fact]
    public void EveryDefault_IsRead()
    {
        var code = string.Join('\n', Sources());
        var unread = Leaves(Defaults.Root, "")
            .Where(path => !path.Contains(".phases.", StringComparison.Ordinal) && !path.Contains('"', StringComparison.Ordinal))
            .Where(path => !IsRead(code, path.Split('.')[^1]));
        Assert.Empty(unread);
    }

    [Fact]
    public void EveryKeyThatIsRead_HasADefault()
    {
        var missing = Sources()
            .SelectMany(text => ReadPattern().Matches(text).Select(match => match.Groups["path"].Value))
            .Distinct(StringComparer.Ordinal)
            .Where(path => !Defaults.HasPath(path));
        Assert.Empty(missing);
    }

    [Fact]
    public void EveryKeyOfTheProductsFile_IsRead()
    {
        var product = ConfigurationFactory.ParseFile(Path.Combine(Root(), "hocon", "netclaw.conf"));
        Assert.Empty(Leaves(product.Root, "").Where(path => !Defaults.HasPath(path)));
    }

    private static bool IsRead(string code, string key) => Regex.IsMatch(code, $"[\".]{Regex.Escape(key)}\"", RegexOptions.NonBacktracking);

    private static IEnumerable<string> Leaves(HoconValue value, string path)
        => value.IsObject()
            ? value.ToConfig().AsEnumerable().SelectMany(pair => Leaves(pair.Value, path.Length == 0 ? HoconPath.RenderElement(pair.Key) : $"{path}.{HoconPath.RenderElement(pair.Key)}"))
            : [path];

    private static IEnumerable<string> Sources()
        => new[] { "src/Netclaw.Runtime", "src/Netclaw.Runtime.Sql", "tests/Netclaw.Runtime.TestKit" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root(), folder), "*.cs", SearchOption.AllDirectories))
            .Select(File.ReadAllText);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Netclaw.sln"))) folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not inside the repository.");
    }

    [GeneratedRegex(@"\.Get\w+\(""(?<path>akka\.[^""{]+)""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex ReadPattern();
}
