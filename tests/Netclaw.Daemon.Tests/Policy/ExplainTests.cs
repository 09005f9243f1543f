using System.Text.Json;
using Netclaw.Actors.Trust;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>What an answer says.</summary>
public sealed class ExplainTests
{
    private const string Direct = "\"remote\":\"127.0.0.1:40000\",\"local\":\"127.0.0.1:5199\",\"remoteUid\":1000,\"headers\":{\"Host\":\"127.0.0.1:5199\"}";

    [Fact]
    public async Task Grants_WithMethodScopesAndTheWholeWay()
    {
        var answer = await Explained.OneAsync($$"""{ {{Direct}},"id":"q1","credentials":{"token":"valid"},"scopes":["read","operator.write"]}""");
        Assert.Equal(("q1", "granted", "token", "token:127.0.0.1", "operator"), (Text(answer, "id"), Text(answer, "outcome"), Text(answer, "method"), Text(answer, "principal"), Text(answer, "role")));
        Assert.Equal(["operator.read", "operator.write"], answer.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Null(Text(answer, "code"));
        Assert.Equal(TrustPolicy.Default.Checks(ListenerKind.Tcp).Select(check => check.Name), answer.GetProperty("way").EnumerateArray().Select(step => Text(step, "check")));
        Assert.Equal("granted", Text(answer.GetProperty("way").EnumerateArray().Last(), "result"));
    }

    [Fact]
    public async Task Refuses_WithCodeCheckSeenAndRemedy()
    {
        var answer = await Explained.OneAsync($$"""{ {{Direct}},"config":{"exposure":{"mode":"reverse-proxy","trustedProxies":["10.0.0.5"]} } }""");
        Assert.Equal(("refused", "trusted_proxy_loopback_source", "final-hop", "netclaw status"), (Text(answer, "outcome"), Text(answer, "code"), Text(answer, "failedCheck"), Text(answer, "remedy")));
        Assert.Contains("loopback", Text(answer, "seen"), StringComparison.Ordinal);
        Assert.Equal("refused", Text(answer.GetProperty("way").EnumerateArray().Last(), "result"));
    }

    [Theory]
    [InlineData("\"credentials\":{\"device\":\"valid\"},\"pairing\":\"code\"", "must_pair")]
    [InlineData("\"credentials\":{\"device\":\"valid\"}", "pair_silently")]
    [InlineData("\"credentials\":{\"device\":\"valid\"},\"localPairingSuspended\":true", "refused")]
    [InlineData("\"credentials\":{\"device\":\"valid\"},\"device\":{\"state\":\"paired\"}", "granted")]
    [InlineData("\"credentials\":{\"device\":\"valid\"},\"device\":{\"state\":\"revoked\"}", "refused")]
    [InlineData("\"credentials\":{\"device\":\"valid\"},\"device\":{\"state\":\"host\",\"scopes\":[\"admin\"]}", "granted")]
    [InlineData("\"credentials\":{\"device\":\"valid\",\"signature\":\"protocol\",\"deviceToken\":\"valid\",\"deviceTokenGrant\":{\"scopes\":[\"read\"]}},\"device\":{\"state\":\"paired\"}", "granted")]
    [InlineData("\"credentials\":{\"spawn\":\"valid\",\"spawnGrant\":{\"scopes\":[\"read\"]}}", "granted")]
    [InlineData("\"role\":\"node\",\"credentials\":{\"token\":\"valid\"}", "granted")]
    [InlineData("\"config\":{\"auth\":{\"mode\":\"none\"}}", "granted")]
    public async Task KnowsEveryOutcome(string rest, string outcome) => Assert.Equal(outcome, Text(await Explained.OneAsync($$"""{ {{Direct}},{{rest}}}"""), "outcome"));

    [Theory]
    [InlineData("""{"transport":"control","peer":{"uid":1000,"descends":false}}""", "control-socket")]
    [InlineData("""{"transport":"control","peer":{"uid":7,"descends":false},"daemonUid":7}""", "control-socket")]
    [InlineData("""{"transport":"shared","peer":{"uid":1001,"groups":[5],"descends":false},"config":{"control":{"allowGroups":["5"]}}}""", "shared-socket")]
    public async Task KnowsTheSockets(string question, string method) => Assert.Equal(method, Text(await Explained.OneAsync(question), "method"));

    [Fact]
    public async Task ReadsAProxysHeaders_AsTheDaemonDoes()
    {
        const string Proxied = """
            {"remote":"10.0.0.5","ownAddresses":["10.0.0.2"],"headers":{"Host":"gateway.example","X-User":"alice","X-Team":["red"]},"scopes":["read"],
             "config":{"exposure":{"mode":"reverse-proxy","externalUrl":"https://gateway.example","trustedProxies":["10.0.0.0/24"]},
                       "auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"x-user","requiredHeaders":["x-team"]}}}}
            """;
        Assert.Equal("proxy:alice", Text(await Explained.OneAsync(Proxied), "principal"));
        Assert.Equal("trusted_proxy_user_missing", Text(await Explained.OneAsync(Proxied.Replace("\"alice\"", "[\"alice\",\"root\"]")), "code"));
        Assert.Equal("trusted_proxy_missing_header_x-team", Text(await Explained.OneAsync(Proxied.Replace("X-Team", "X-Tea")), "code"));
        Assert.Equal("trusted_proxy_local_interface_source", Text(await Explained.OneAsync(Proxied.Replace("10.0.0.2", "10.0.0.5")), "code"));
        Assert.Equal("trusted_proxy_local_interface_check_failed", Text(await Explained.OneAsync(Proxied.Replace("[\"10.0.0.2\"]", "null")), "code"));
    }

    [Fact]
    public async Task SpeaksToPeople()
    {
        var (lines, _) = await Explained.RunAsync("""{"transport":"control","peer":{"uid":1001,"descends":false}}""", asText: true);
        Assert.Equal("answer     refused: peer_uid_not_allowed (peer-user)", lines[0]);
        Assert.Contains("seen       the process belongs to uid 1001, the daemon to uid 1000", lines);
        Assert.Contains("           peer-user: refused", lines);
    }

    [Fact]
    public async Task GivesTheSameAnswer_ToTheSameQuestion()
    {
        var question = $$"""{ {{Direct}},"credentials":{"device":"valid"},"config":{"auth":{"mode":"none"},"pairing":{"autoApproveLocal":false} } }""";
        Assert.Equal((await Explained.OneAsync(question)).GetRawText(), (await Explained.OneAsync(question)).GetRawText());
    }

    private static string? Text(JsonElement answer, string name) => answer.GetProperty(name).GetString();
}
