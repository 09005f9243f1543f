using System.Reflection;
using Netclaw.Cli.Doctoring;

namespace Netclaw.Cli.Tests.Docs;

public sealed class DoctorReferenceTests
{
    private static string Page => Path.Combine(
        typeof(DoctorReferenceTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "RepositoryRoot").Value!, "docs", "doctor.md");

    [Fact]
    public void DocsPage_IsInStepWithTheChecks()
    {
        if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(Page, DoctorReference.Render());
        }

        Assert.Equal(DoctorReference.Render(), File.ReadAllText(Page));
    }

    [Fact]
    public void Checks_AreTold_AndEveryFindingHasOneCommand()
    {
        Assert.Equal(Doctor.Checks.Length, Doctor.Checks.Select(check => check.Id).Distinct().Count());
        Assert.All(Doctor.Checks, check => Assert.EndsWith(".", check.Looks));
        var kinds = Doctor.Checks.SelectMany(check => check.Kinds).Concat(Doctor.Kinds).ToList();
        Assert.All(kinds, kind => Assert.EndsWith(".", kind.Means));
        Assert.All(kinds, kind => Assert.False(string.IsNullOrWhiteSpace(kind.Remedy), kind.Id));
        Assert.Empty(kinds.GroupBy(kind => kind.Id).Where(same => same.Count() > 1 && same.Key[0] != '<').Select(same => same.Key));
    }
}
