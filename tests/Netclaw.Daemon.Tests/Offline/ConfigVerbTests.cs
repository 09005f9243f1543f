using System.Text.Json;
using Netclaw.Daemon.Secrets;
using Netclaw.Daemon.Tests.Configuration;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Offline;

public sealed class ConfigVerbTests : IDisposable
{
    private const string Canary = "canary-0123456789abcdefghijklmnop";

    private readonly TemporaryHome _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Check_IsWell_WithoutAFileAndWithoutAHome()
    {
        var run = await RunAsync("config-check");

        Assert.Equal((ExitCodes.Ok, ""), (run.ExitCode, run.Errors));
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        Assert.False(run.Json.GetProperty("exists").GetBoolean());
        Assert.False(Directory.Exists(_temporary.Home.Root)); // it reads, and makes nothing
    }

    [Fact]
    public async Task Check_ListsProblemsWarningsAndOptIns_Together()
    {
        _temporary.WriteConfig("""{"exposure":{"mode":"reverse-proxy"},"auth":{"mode":"none","trustedProxy":{"allowLoopback":true,"loopbackUser":"ann"}},"lisen":{}}""");

        var run = await RunAsync("config-check");

        Assert.Equal(ExitCodes.Config, run.ExitCode);
        Assert.Equal(["lisen", "exposure.trustedProxies", "auth.mode"], Texts(run.Json, "problems", "key"));
        Assert.Equal(["Did you mean \"listen\"?", "Write the address that the proxy connects from, for example [\"10.0.0.7\"].", "Write \"token\", \"password\" or \"trusted-proxy\", or exposure.mode \"local\"."],
            Texts(run.Json, "problems", "remedy"));
        Assert.Equal(["trusted_proxy_idle", "auth_none", "external_url_missing"], Texts(run.Json, "warnings", "id"));
        Assert.Equal(["auth.trustedProxy.allowLoopback", "auth.trustedProxy.loopbackUser", "auth.mode"], Texts(run.Json, "optIns", "key"));
    }

    [Fact]
    public async Task Check_Warns_WhereADaemonWouldStart()
    {
        _temporary.WriteConfig("""{"auth":{"mode":"none"}}""");

        var run = await RunAsync("config-check");

        Assert.Equal(ExitCodes.Warned, run.ExitCode);
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
    }

    [Theory]
    [InlineData("""{"auth":{"token":"short"}}""", "auth.token")]
    [InlineData("""{"auth":{"mode":"password"}}""", "auth.password")]
    [InlineData("""{"auth":{"mode":"password","passwordFile":"keys/none"}}""", "auth.passwordFile")]
    [InlineData("""{"auth":{"tokenFile":"keys/none"}}""", "auth.tokenFile")]
    [InlineData("""{"auth":{"mode":"trusted-proxy","trustedProxy":{"allowLoopback":true,"assertion":{"header":"X-Jwt","issuer":"i","audience":"a","keySet":"keys/none.json"}}}}""", "auth.trustedProxy.assertion.keySet")]
    public async Task Check_SeesSecretsAndKeysThatWouldNotServe(string json, string key)
    {
        _temporary.WriteConfig(json);

        var run = await RunAsync("config-check");

        Assert.Equal(ExitCodes.Config, run.ExitCode);
        Assert.Equal([key], Texts(run.Json, "problems", "key"));
    }

    [Fact]
    public async Task Check_ReadsAnotherFile_AndSaysWhenThereIsNone()
    {
        var other = Path.Combine(_temporary.Parent, "other.json");
        var missing = await RunAsync("config-check", "--file", other);
        Assert.Equal((ExitCodes.Config, "There is no such file."), (missing.ExitCode, Texts(missing.Json, "problems", "message").Single()));

        File.WriteAllText(other, """{"listen":{"port":99999}}""");
        var wrong = await RunAsync("config-check", "--file", other);
        Assert.Equal([other, "listen.port"], [wrong.Json.GetProperty("file").GetString()!, .. Texts(wrong.Json, "problems", "key")]);
    }

    [Fact]
    public async Task Check_WorksWhileADaemonRuns()
    {
        await using var running = await Gateway.GatewayHost.StartAsync();
        var run = await OfflineRun.Of(_temporary, null, "config-check", "--file", running.Home.ConfigFile + ".none");
        Assert.Equal(ExitCodes.Config, run.ExitCode);

        using var output = new MemoryStream();
        var code = await Daemon.Offline.OfflineHost.RunAsync(
            ["config-check", "--home", running.Home.Root], _ => null, new FixedMachine().Facts, Stream.Null, output, _ => { }, CancellationToken.None);
        Assert.Equal(ExitCodes.Ok, code);
    }

    [Fact]
    public async Task Show_GivesEveryKeyItsValueAndSource_AndNoSecret()
    {
        _temporary.WriteConfig($$$"""{"listen":{"port":6200},"auth":{"token":"{{{Canary}}}","password":"{{{Canary}}}","tokn":"{{{Canary}}}"},"control":{"allowUsers":["ann",1001]}}""");

        var run = await RunAsync("config-show");

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.Equal(1, run.Json.GetProperty("problems").GetInt32());
        Assert.Equal(("6200", "5199", "file"), Shown(run.Json, "listen.port"));
        Assert.Equal(("\"127.0.0.1\"", "\"127.0.0.1\"", "default"), Shown(run.Json, "listen.address"));
        Assert.Equal(("\"***\"", null, "file"), Shown(run.Json, "auth.token"));
        Assert.Equal(("\"***\"", null, "file"), Shown(run.Json, "auth.password"));
        Assert.Equal(("[\"ann\",1001]", "[]", "file"), Shown(run.Json, "control.allowUsers"));
        Assert.DoesNotContain(Canary, run.Out + run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Canary, (await RunAsync("config-check")).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_NamesTheEnvironment_WhereItComesFirst()
    {
        var run = await OfflineRun.Of(_temporary, new() { [SharedSecretSetup.TokenVariable] = Canary }, "config-show");

        Assert.Equal(("\"***\"", null, SharedSecretSetup.TokenVariable), Shown(run.Json, "auth.token"));
        Assert.DoesNotContain(Canary, run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Schema_IsThePublishedOne()
    {
        var run = await RunAsync("config-schema");

        Assert.Equal(ExitCodes.Ok, run.ExitCode);
        Assert.True(JsonElement.DeepEquals(JsonSerializer.Deserialize<JsonElement>(ConfigPages.Schema()), run.Json));
    }

    [Theory]
    [InlineData("No verb was given; there are: config-check")]
    [InlineData("There is no offline verb", "config-chek")]
    [InlineData("config-schema has no option \"--file\".", "config-schema", "--file", "x")]
    [InlineData("--file wants a value.", "config-check", "--file", " ")]
    [InlineData("--listen wants ADDRESS:PORT", "config-check", "--listen", "nowhere")]
    public async Task Usage_IsToldAsOneError(string words, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        Assert.Equal((ExitCodes.Usage, "", "usage_error"), (run.ExitCode, run.Out, run.Code));
        Assert.Contains(words, JsonSerializer.Deserialize<JsonElement>(run.Errors)[0].GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private Task<OfflineRun> RunAsync(params string[] arguments) => OfflineRun.Of(_temporary, null, arguments);

    private static string[] Texts(JsonElement json, string list, string member) =>
        [.. json.GetProperty(list).EnumerateArray().Select(entry => entry.GetProperty(member).GetString()!)];

    private static (string? Value, string? Default, string? Source) Shown(JsonElement json, string key)
    {
        var entry = Assert.Single(json.GetProperty("keys").EnumerateArray(), entry => entry.GetProperty("key").GetString() == key);
        return (Raw(entry, "value"), Raw(entry, "default"), entry.GetProperty("source").GetString());
    }

    private static string? Raw(JsonElement entry, string member) => entry.TryGetProperty(member, out var value) ? value.GetRawText() : null;
}
