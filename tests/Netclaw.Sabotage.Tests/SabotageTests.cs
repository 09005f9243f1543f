using System.Text;
using Netclaw.Protocol;

namespace Netclaw.Sabotaged;

/// <summary>The suites are worth something: break the product, and they fail; leave it whole, and the same tests pass.</summary>
public sealed class SabotageTests(BrokenBuilds builds) : IClassFixture<BrokenBuilds>
{
    public static TheoryData<string> Rows => [.. Catch.All.Select(row => row.ToString())];

    public static TheoryData<string> WholeRows => [.. Catch.All.Where(row => row.RunsWhole).Select(row => row.ToString())];

    [Theory]
    [MemberData(nameof(Rows))]
    public void Break_IsNoticed(string which)
    {
        var row = Row(which);
        var outcomes = builds.Of(row, broken: true);
        var failed = outcomes.Where(outcome => outcome.Outcome == "Failed").ToList();

        Assert.True(failed.Count > 0, $"{row.Break} was not noticed by {row.Test}: {string.Join('\n', outcomes)}");
        Assert.Contains(failed, outcome => outcome.Message.Contains(row.Says, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WholeRows))]
    public void TheSameTest_Passes_WhereNothingIsBroken(string which)
    {
        var outcomes = builds.Of(Row(which), broken: false);

        Assert.NotEmpty(outcomes);
        Assert.All(outcomes, outcome => Assert.True(outcome.Outcome == "Passed", $"{outcome.Test}: {outcome.Outcome}: {outcome.Message}"));
    }

    private static Catch Row(string which) => Catch.All.Single(row => row.ToString() == which);
}

/// <summary>What can be told without running anything.</summary>
public sealed class ProductTests
{
    [Fact]
    public void EveryBreak_HasATestThatNoticesIt() => Assert.Empty(Enum.GetValues<Break>().Except(Catch.All.Select(row => row.Break)));

    [Fact]
    public void ThisBuild_IsNotBroken() => Assert.DoesNotContain(Enum.GetValues<Break>(), Sabotage.Is);

    /// <summary>Nobody can break the product from outside: it does not know the variable. The builds that do show that the search would find it.</summary>
    [Theory]
    [InlineData("Netclaw.Protocol")]
    [InlineData("Netclaw.Runtime.Sql")]
    public void Product_DoesNotKnowTheVariable(string assembly)
    {
        var here = new DirectoryInfo(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        var product = Path.Combine(here.Parent!.Parent!.FullName, assembly, here.Name, assembly + ".dll");

        Assert.False(Knows(product));
        Assert.True(Knows(Suites.Assembly(assembly)));
    }

    private static bool Knows(string assembly) => File.ReadAllBytes(assembly).AsSpan().IndexOf(Encoding.Unicode.GetBytes("NETCLAW_SABOTAGE")) >= 0;
}
