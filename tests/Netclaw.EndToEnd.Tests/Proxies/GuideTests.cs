using System.Text.RegularExpressions;
using Netclaw.EndToEnd.Tests.Machines;
using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>docs/guides/proxies.md and what stands beside it say what is so.</summary>
public sealed partial class GuideTests
{
    private static readonly string Guides = Path.Combine(Repository.Root, "docs", "guides");

    [Theory]
    [InlineData(GatewayConfiguration.Plain, ExitCodes.Ok)]
    [InlineData(GatewayConfiguration.Users, ExitCodes.Ok)]
    [InlineData(GatewayConfiguration.SameHost, ExitCodes.Warned)] // allowLoopback without a loopbackUser is worth a look
    public async Task GatewayConfigurations_AreValidAsTheyStand(string file, int exit)
    {
        await using var machine = new Machine();

        (await machine.RunAsync("config", "check", "--file", Path.Combine(Guides, "proxies", file))).Expect(exit);
    }

    [Fact]
    public void Guide_NamesEveryFile_AndEveryFileIsRun()
    {
        var guide = File.ReadAllText(Path.Combine(Guides, "proxies.md"));
        string[] run = [.. ReadyMade.All.Select(file => file.File), GatewayConfiguration.Plain, GatewayConfiguration.Users, GatewayConfiguration.SameHost];

        Assert.Equal(run.Order(StringComparer.Ordinal), Directory.GetFiles(Path.Combine(Guides, "proxies")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
        Assert.All(run, file => Assert.Contains($"(proxies/{file})", guide, StringComparison.Ordinal));
    }

    [Fact]
    public void Guide_ListsExactlyTheFindingsThatTheDoctorMakes()
    {
        var guide = File.ReadAllText(Path.Combine(Guides, "proxies.md"));
        var table = guide[guide.IndexOf("| finding |", StringComparison.Ordinal)..];
        var listed = Name().Matches(string.Join('\n', table.Split('\n').Select(line => line.Split('|').ElementAtOrDefault(1)))).Select(match => match.Groups["name"].Value);
        var made = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Netclaw.Cli", "Doctoring"), "*.cs").SelectMany(file => Made().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value).Concat(["endpoint_unreachable", "endpoint_tls_failed"]);

        Assert.Equal(made.Distinct().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    [GeneratedRegex("`(?<name>[a-z_0-9]+)`", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Name();

    [GeneratedRegex("""(new ProxyFinding\(\s*|TwinId = )"(?<name>[a-z_0-9]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Made();
}
