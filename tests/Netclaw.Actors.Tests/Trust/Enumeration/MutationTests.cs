using Xunit.Abstractions;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>The invariants have teeth: whatever one breaks in the policy, one of them says so.</summary>
public sealed class MutationTests(ITestOutputHelper output)
{
    public static TheoryData<string> Names => [.. Mutants.All.Select(mutant => mutant.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Notices(string mutant)
    {
        var found = Survey.FirstViolation(Mutants.All.Single(one => one.Name == mutant).Policy);
        Assert.NotNull(found);
        output.WriteLine(found);
    }

    [Fact]
    public void Breaks_EveryCheckOfEveryTable() => Assert.All(
        Enum.GetValues<ListenerKind>().SelectMany(listener => TrustPolicy.Default.Checks(listener).Select(check => $"{listener} without {check.Name}")),
        name => Assert.Contains(Mutants.All, mutant => mutant.Name == name));
}
