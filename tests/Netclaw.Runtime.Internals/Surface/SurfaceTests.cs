using System.Reflection;
using Xunit.Abstractions;

namespace Netclaw.Runtime.Internals.Surface;

/// <summary>The embedded runtime offers nothing under <c>Akka</c> that the published API does not have, name for name.</summary>
public sealed class SurfaceTests(ITestOutputHelper output)
{
    [ApiListFact]
    public void Runtime_OffersNothingBeyondTheList() => Check("Netclaw.Runtime");

    [ApiListFact]
    public void SqlJournals_OfferNothingBeyondTheList() => Check("Netclaw.Runtime.Sql");

    [ApiListFact]
    public void TestKit_OffersNothingBeyondTheList() => Check("Netclaw.Runtime.TestKit");

    [ApiListFact]
    public void Check_FindsWhatIsNotInTheList()
    {
        var found = new SurfaceCheck(ApiList.Read()).Violations(typeof(SurfaceTests).Assembly).ToList();
        Assert.Contains("sealed class Akka.Netclaw.Invented: no such type", found);
        Assert.Contains("Akka.Configuration.Hocon.HoconLiteral :: public string Invented { get; set; }", found);
        Assert.DoesNotContain("Akka.Configuration.Hocon.HoconLiteral :: public string Value { get; set; }", found);
    }

    private void Check(string assembly)
    {
        var violations = new SurfaceCheck(ApiList.Read()).Violations(Assembly.Load(assembly)).ToList();
        foreach (var violation in violations) output.WriteLine(violation);
        Assert.True(violations.Count == 0, $"{assembly} offers {violations.Count} members beyond the list:\n{string.Join('\n', violations)}");
    }
}
