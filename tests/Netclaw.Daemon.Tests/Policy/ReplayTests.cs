using System.Text.Json;
using System.Text.Json.Nodes;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;
using Xunit.Abstractions;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>Live handshakes over real sockets, asked again of <c>policy explain</c>: both say the same.</summary>
public sealed class ReplayTests(ITestOutputHelper output)
{
    private const string Secret = "c29tZS1zaGFyZWQtc2VjcmV0LW9mLXRoZS1nYXRld2F5LTAx";
    private const int Handshakes = 60;

    private const string Proxy = "\"auth\":{\"mode\":\"trusted-proxy\",\"trustedProxy\":{\"userHeader\":\"X-User\",\"requiredHeaders\":[\"X-Team\"],\"allowUsers\":[\"alice\",\"svc\"],\"allowLoopback\":true,\"loopbackUser\":\"svc\"}}";
    private const string Limit = "\"rateLimit\":{\"maxAttempts\":12}";

    public static TheoryData<string> Installations =>
    [
        $$"""{"auth":{"token":"{{Secret}}",{{Limit}},"sharedSecretScopes":{"remote":["read"]} } }""",
        $$"""{"auth":{"mode":"password","password":"{{Secret}}",{{Limit}} } }""",
        """{"auth":{"mode":"none"},"pairing":{"autoApproveLocal":false}}""",
        $$"""{ {{Proxy}} }""",
        $$"""{"exposure":{"mode":"reverse-proxy","externalUrl":"https://gateway.example","trustedProxies":["10.0.0.5"]},{{Proxy}} }""",
        $$"""{"exposure":{"mode":"cloudflare-tunnel","externalUrl":"https://gateway.example","skipTunnelProcessCheck":true},"auth":{"token":"{{Secret}}",{{Limit}} } }""",
    ];

    [Theory]
    [MemberData(nameof(Installations))]
    public async Task LiveHandshakes_AndTheirReplays_Agree(string config)
    {
        var capture = new Capture();
        await using var host = await GatewayHost.StartAsync(config, capture.Install);
        using var device = new TestDevice("paired");
        await device.PairAsync(host);
        var asRun = (JsonObject)JsonNode.Parse(config)!;
        asRun["listen"] = new JsonObject { ["address"] = host.Address.Address.ToString(), ["port"] = host.Address.Port };
        var seed = Handshakes + config.Length;
        output.WriteLine($"seed {seed}");
        var live = new LiveHandshake(host, new Random(seed), device.Key, Secret, config.Contains("externalUrl", StringComparison.Ordinal));
        var seen = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < Handshakes; number++)
        {
            capture.Take();
            var (outcome, auth) = await live.RunAsync();
            seen[outcome] = seen.GetValueOrDefault(outcome) + 1;
            var asked = capture.Take();
            Assert.InRange(asked.Count, 1, 2);
            var replayed = new List<JsonElement>();
            foreach (var question in asked)
            {
                replayed.Add(await Explained.OneAsync(QuestionDocument.Of(capture.Facts!, question, asRun)));
            }

            Assert.All(replayed.SkipLast(1), first => Assert.Equal("pair_silently", first.GetProperty("outcome").GetString()));
            Agree(outcome, auth, replayed[^1]);
        }

        output.WriteLine(string.Join(", ", seen.Select(entry => $"{entry.Key} {entry.Value}")));
        Assert.True(seen.Count >= 4 && seen.ContainsKey("granted"), "too few outcomes to compare");
    }

    private static void Agree(string outcome, JsonElement? auth, JsonElement replayed)
    {
        var (said, code) = (replayed.GetProperty("outcome").GetString(), replayed.GetProperty("code").GetString());
        Assert.True(outcome == (code ?? said), $"the client saw {outcome}, the replay says {replayed}");
        if (auth is { } granted)
        {
            Assert.Equal(granted.GetProperty("method").GetString(), replayed.GetProperty("method").GetString());
            Assert.Equal(granted.GetProperty("role").GetString(), replayed.GetProperty("role").GetString());
            Assert.Equal(granted.GetProperty("scopes").GetRawText(), replayed.GetProperty("scopes").GetRawText());
            Assert.Equal(granted.TryGetProperty("deviceId", out var device) ? device.GetString() : null, replayed.GetProperty("device").GetString());
        }
    }
}
