using System.Text.Json.Nodes;
using Netclaw.Actors.Trust;
using Netclaw.Daemon.Configuration;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Policy;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Configuration;

/// <summary>The guide's table of auth modes and exposures is what a start and the policy make of them; NETCLAW_UPDATE_DOCS=1 writes it.</summary>
public sealed class ExposureGuideTests : IDisposable
{
    private const string Begin = "<!-- written by the tests: auth modes -->\n";
    private const string End = "<!-- end -->";

    private static readonly AuthMode[] Auths = [AuthMode.None, AuthMode.Token, AuthMode.Password, AuthMode.TrustedProxy];
    private static readonly string[] Settings = ["allowLoopback", "proxyUids", "assertion"];

    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Guide_SaysWhichAuthModeGoesWithWhichExposure()
    {
        var path = Path.Combine(DocumentedPages.Root, "docs", "guides", "exposure.md");
        var page = await File.ReadAllTextAsync(path);
        var begin = page.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = page.IndexOf(End, begin, StringComparison.Ordinal);
        Assert.True(begin >= Begin.Length && end > 0, $"{path} has no place for the table");

        DocumentedPages.Holds(path, page[..begin] + await TableAsync() + page[end..]);
    }

    private async Task<string> TableAsync()
    {
        List<string[]> rows = [["exposure", .. Auths.Select(auth => $"`{auth.Name()}`")], [.. Enumerable.Repeat("---", Auths.Length + 1)]];
        foreach (var exposure in Enum.GetValues<ExposureMode>())
        {
            List<string> row = [$"`{exposure.Name()}`"];
            foreach (var auth in Auths)
            {
                row.Add(await CellAsync(exposure, auth));
            }

            rows.Add([.. row]);
        }

        return string.Concat(rows.Select(row => $"| {string.Join(" | ", row)} |\n"));
    }

    /// <summary>Whether a daemon starts and lets in whom the mode is for; and where it takes one more setting for that, which.</summary>
    private async Task<string> CellAsync(ExposureMode exposure, AuthMode auth)
    {
        if (Problems(Config(exposure, auth, null)).Contains("auth.mode"))
        {
            return $"`{RefusalTable.NameOf(RefusalCode.ConfigInvalid)}`";
        }

        if (await ServesAsync(exposure, auth, null))
        {
            return "yes";
        }

        var needed = new List<string>();
        foreach (var setting in Settings)
        {
            needed.AddRange(await ServesAsync(exposure, auth, setting) ? [$"`{setting}`"] : []);
        }

        Assert.NotEmpty(needed);
        return "with " + string.Join(" or ", needed);
    }

    /// <summary>A start finds nothing wrong, and the policy lets in whoever shows what the mode asks for, as the last hop would bring them.</summary>
    private async Task<bool> ServesAsync(ExposureMode exposure, AuthMode auth, string? setting)
    {
        var config = Config(exposure, auth, setting);
        if (Problems(config).Any())
        {
            return false;
        }

        var question = new JsonObject
        {
            ["remote"] = exposure == ExposureMode.ReverseProxy ? "10.0.0.7" : "127.0.0.1", ["remoteUid"] = 33, ["daemonUid"] = 1000,
            ["headers"] = new JsonObject { ["Host"] = exposure == ExposureMode.Local ? "127.0.0.1" : "gateway.example" },
            ["config"] = config,
        };
        if (auth == AuthMode.TrustedProxy)
        {
            question["headers"]![setting == "assertion" ? "X-Assertion" : "X-User"] = "alice";
            question["credentials"] = setting == "assertion" ? new JsonObject { ["assertion"] = "valid", ["assertedUser"] = "alice" } : new JsonObject();
        }
        else if (auth != AuthMode.None)
        {
            question["credentials"] = new JsonObject { [auth.Name()] = "valid" };
        }

        return (await Explained.OneAsync(question.ToJsonString())).GetProperty("outcome").GetString() == "granted";
    }

    private IEnumerable<string> Problems(JsonObject config)
    {
        _temporary.WriteConfig(config.ToJsonString());
        return ConfigFile.Read(_temporary.Home.ConfigFile, null, new FixedMachine().Facts).Problems.Select(problem => problem.Key);
    }

    /// <summary>The least that the exposure takes, and what the mode cannot be without.</summary>
    private static JsonObject Config(ExposureMode exposure, AuthMode auth, string? setting)
    {
        var config = new JsonObject
        {
            ["listen"] = new JsonObject { ["address"] = exposure == ExposureMode.ReverseProxy ? "0.0.0.0" : "127.0.0.1" },
            ["exposure"] = new JsonObject { ["mode"] = exposure.Name(), ["externalUrl"] = "https://gateway.example" },
            ["auth"] = new JsonObject { ["mode"] = auth.Name() },
        };
        if (exposure == ExposureMode.ReverseProxy)
        {
            config["exposure"]!["trustedProxies"] = new JsonArray("10.0.0.7");
        }
        else if (exposure.IsTunnel())
        {
            config["exposure"]!["skipTunnelProcessCheck"] = true;
        }

        if (auth == AuthMode.TrustedProxy)
        {
            var proxy = new JsonObject { ["allowUsers"] = new JsonArray("alice") };
            config["auth"]!["trustedProxy"] = proxy;
            proxy[setting == "assertion" ? setting : "userHeader"] = setting == "assertion"
                ? new JsonObject { ["header"] = "X-Assertion", ["issuer"] = "https://issuer.example", ["audience"] = "netclaw", ["keySet"] = "keys.json" }
                : "X-User";
            if (setting == "allowLoopback")
            {
                proxy[setting] = true;
            }
            else if (setting == "proxyUids")
            {
                proxy[setting] = new JsonArray(33);
            }
        }

        return config;
    }
}
