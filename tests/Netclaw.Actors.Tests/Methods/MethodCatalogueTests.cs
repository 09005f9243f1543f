using System.Runtime.CompilerServices;
using Netclaw.Protocol;

namespace Netclaw.Actors.Methods;

public sealed class MethodCatalogueTests
{
    private static readonly MethodCatalogue Catalogue = MethodCatalogue.Default;

    [Fact]
    public void Page_IsInStepWithTheCatalogue()
    {
        var file = Path.Combine(Root(), "docs", "methods.md");
        var page = MethodPage.Render(Catalogue);
        if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(file, page);
        }

        Assert.True(File.Exists(file), $"{file} is missing: run this test once with NETCLAW_UPDATE_DOCS=1");
        Assert.Equal(File.ReadAllText(file), page);
    }

    [Fact]
    public void Names_AreUnique()
    {
        Assert.Equal(Catalogue.Methods.Length, Catalogue.Methods.Select(method => method.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.Throws<ArgumentException>(() => new MethodCatalogue([Catalogue.Methods[0], Catalogue.Methods[0]], []));
    }

    /// <summary>Changing anything takes a scope; what takes none says nothing about anybody. Nodes hold no scopes: what is theirs alone takes none. An agent's tools have the scopes of whoever asked it.</summary>
    [Fact]
    public void Methods_WithoutAScope_AreTheHandshake_Health_OnesOwnKey_AndToolsThatWereLent() => Assert.Equal(
        ["agent.tools.call", "agent.tools.list", "connect", "device.key.rotate", "health", "pair.begin", "pair.confirm", "pair.request"],
        Catalogue.Methods.Where(method => method.Needed == Scope.None && method.Role != Role.Node).Select(method => method.Name).Order(StringComparer.Ordinal));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
