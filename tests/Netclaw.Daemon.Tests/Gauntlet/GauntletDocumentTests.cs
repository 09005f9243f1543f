using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Netclaw.Daemon.Tests.Gauntlet;

/// <summary>docs/gauntlet.md is written from the attacks themselves; NETCLAW_UPDATE_DOCS=1 rewrites it.</summary>
public sealed class GauntletDocumentTests
{
    private static readonly List<(MethodInfo Test, AttackAttribute Attack)> Attacks =
    [
        .. from type in typeof(GauntletDocumentTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let attack = method.GetCustomAttribute<AttackAttribute>()
        where attack is not null
        orderby attack.Id
        select (method, attack),
    ];

    [Fact]
    public void EveryTest_HasItsIdInItsName() => Assert.All(
        Attacks, entry => Assert.StartsWith(entry.Attack.Id.Replace('-', '_'), entry.Test.Name, StringComparison.Ordinal));

    [Fact]
    public void EveryId_StandsOnce() => Assert.Equal(Attacks.Count, Attacks.DistinctBy(entry => entry.Attack.Id).Count());

    [Fact]
    public void ThereAreFortyAtLeast() => Assert.True(Attacks.Count(entry => !entry.Attack.Id.StartsWith("CWE", StringComparison.Ordinal)) >= 40);

    [Fact]
    public void TheDocument_ListsThem()
    {
        var text = new StringBuilder("""
            # The gauntlet

            Published attacks on gateways, proxies and local daemons like this one. Each is a test that makes the attack over a real socket twice: first against the
            daemon with one check taken out, where it must succeed, then against the product, where it must not. So no check is decoration, and none of these comes back
            unnoticed. Options that an attack needs are switched on, however risky.

            | id | what was done | the check that is taken out |
            |---|---|---|

            """);
        foreach (var (_, attack) in Attacks)
        {
            text.Append(CultureInfo.InvariantCulture, $"| [{attack.Id}]({Link(attack.Id)}) | {attack.What} | {attack.TakenOut} |\n");
        }

        text.Append("""

            ## Left out

            | id | why |
            |---|---|
            | CVE-2026-26322 | needs a tool that dials whatever gateway a model names; Netclaw has none. In its place: CVE-2022-24112 |
            | CVE-2026-28466 | needs node commands with approvals, which are not served yet. In its place: GHSA-cjv3-m589-v3rx |
            | CVE-2026-32905, GHSA-xrq9-jm7v-g9h7 | no public description says enough to make the attack. In their place: CVE-2026-28472, CVE-2026-32896 |

            Entries named CWE are classes without a published case of their own.

            """);
        var path = Path.Combine(Root(), "docs", "gauntlet.md");
        if (Environment.GetEnvironmentVariable("NETCLAW_UPDATE_DOCS") == "1")
        {
            File.WriteAllText(path, text.ToString());
        }

        Assert.Equal(File.ReadAllText(path), text.ToString());
    }

    private static string Link(string id) => id[..3] switch
    {
        "CVE" => $"https://nvd.nist.gov/vuln/detail/{id}",
        "CWE" => $"https://cwe.mitre.org/data/definitions/{id[4..]}.html",
        _ => $"https://github.com/advisories/{id}",
    };

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../.."));
}
