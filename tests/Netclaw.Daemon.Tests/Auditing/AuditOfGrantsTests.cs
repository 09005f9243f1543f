using System.Text.Json;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Auditing;

/// <summary>Who came in, by what, from where: one record for each way in, without a secret in it.</summary>
public sealed class AuditOfGrantsTests
{
    private const string Password = "correct horse battery staple";

    [Fact]
    public Task ByToken() => RecordedAsync("""{ "auth": { "mode": "token" } }""", "token:127.0.0.1", "token", host => Token(host), host => $$"""{"token":"{{Token(host)}}"}""");

    [Fact]
    public Task ByPassword() => RecordedAsync(
        $$"""{ "auth": { "mode": "password", "password": "{{Password}}" } }""", "password:127.0.0.1", "password", _ => Password, _ => $$"""{"password":"{{Password}}"}""");

    [Fact]
    public Task ByNothing() => RecordedAsync("""{ "auth": { "mode": "none" } }""", "none:127.0.0.1", "none", _ => null, _ => null);

    [Fact]
    public Task ByAProxysWord() => RecordedAsync(
        """{ "auth": { "mode": "trusted-proxy", "trustedProxy": { "userHeader": "x-forwarded-user", "allowLoopback": true, "allowUsers": ["alice"] } } }""",
        "proxy:alice", "trusted-proxy", _ => null, _ => null, ("X-Forwarded-User", "alice"), ("X-Forwarded-For", "203.0.113.9"));

    private static async Task RecordedAsync(
        string config, string subject, string method, Func<GatewayHost, string?> secret, Func<GatewayHost, string?> auth, params (string Name, string Value)[] headers)
    {
        await using var host = await GatewayHost.StartAsync(config);
        using (var hub = await RawHub.OpenAsync(host.Address, headers))
        {
            await hub.EventAsync(ConnectChallenge.EventName);
            var offered = auth(host) is { } shown ? $",\"auth\":{shown}" : "";
            await hub.CallAsync("1", "connect", RawHub.PlainConnect[..^1] + offered + "}");
            Assert.Contains("\"ok\":true", await hub.NextAsync(), StringComparison.Ordinal);
        }

        var known = secret(host);
        var file = Path.Combine(host.Home.Root, "logs", "audit.jsonl");
        await host.StopAsync();
        var lines = await File.ReadAllLinesAsync(file);
        var record = Assert.Single(lines.Select(line => JsonDocument.Parse(line).RootElement).Where(line => line.GetProperty("action").GetString() == "connect"));
        Assert.Equal(
            ("Authentication", subject, "ok", "ok", "tcp/signalr"),
            (Text("kind"), Text("subject"), Text("outcome"), Text("code"), Text("transport")));
        Assert.StartsWith(method, Text("detail"), StringComparison.Ordinal);
        Assert.Equal("localhost", Text("host"));
        Assert.Equal(headers.Length > 1, record.TryGetProperty("forwarded", out var forwarded) && forwarded.GetBoolean());
        Assert.All(lines, line => Assert.True(known is null || !line.Contains(known, StringComparison.Ordinal)));

        string Text(string name) => record.GetProperty(name).GetString()!;
    }

    private static string Token(GatewayHost host) => File.ReadAllText(Path.Combine(host.Home.Root, "keys", "gateway.token")).Trim();
}
