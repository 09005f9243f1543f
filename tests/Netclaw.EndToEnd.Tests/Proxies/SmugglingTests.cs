using Netclaw.EndToEnd.Tests.Proxies.Fronts;
using Netclaw.Protocol;

namespace Netclaw.EndToEnd.Tests.Proxies;

/// <summary>Requests that two servers might read differently. Either the proxy refuses them, or what it sends on has one meaning and no forged name.</summary>
[Collection(RecordedProxies.Name)]
public sealed class SmugglingTests(RecordedProxies proxies)
{
    private static readonly Dictionary<string, Func<string, string[], string>> Attempts = new(StringComparer.Ordinal)
    {
        ["hop-by-hop names"] = (host, lines) => Upgrade.Request(host, [.. lines, "Connection: Upgrade, X-Forwarded-User, X-Forwarded-For", "X-Forwarded-User: mallory"]),
        ["identity header twice"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Forwarded-User: mallory", "x-forwarded-user: mallory"]),
        ["folded line"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Harmless: a\r\n X-Forwarded-User: mallory"]),
        ["blank before the colon"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Forwarded-User : mallory"]),
        ["blank before the name"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Harmless: a\r\n\tX-Forwarded-User: mallory"]),
        ["bare carriage return"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Harmless: a\rX-Forwarded-User: mallory"]),
        ["bare line feed"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Harmless: a\nX-Forwarded-User: mallory"]),
        ["null in a name"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Forwarded-User\0: mallory"]),
        ["no colon"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Forwarded-User mallory"]),
        ["other letters"] = (host, lines) => Upgrade.Request(host, [.. lines, "X-Forwarded-\u00dcser: mallory"]),
        ["two hosts"] = (host, lines) => Upgrade.Request(host, [.. lines, "Host: mallory.example"]),
        ["absolute target"] = (host, lines) => Upgrade.Request("http://mallory.example" + Limits.HubPath, host, lines),
        ["length and chunks"] = (host, lines) => Body(host, [.. lines, "Content-Length: 5", "Transfer-Encoding: chunked"]),
        ["two lengths"] = (host, lines) => Body(host, [.. lines, "Content-Length: 5", "Content-Length: 0"]),
        ["chunks in disguise"] = (host, lines) => Body(host, [.. lines, "Transfer-Encoding: xchunked", "Content-Length: 5"]),
        ["chunks twice"] = (host, lines) => Body(host, [.. lines, "Transfer-Encoding: chunked", "Transfer-Encoding: identity"]),
        ["upgrade with a body"] = (host, lines) => Upgrade.Request(host, [.. lines, "Content-Length: 60"]) + Second(host, lines),
    };

    public static TheoryData<string, string> Table
    {
        get
        {
            var table = new TheoryData<string, string>();
            foreach (var file in ReadyMade.All.Where(file => file.SpeaksHttp))
            {
                foreach (var attempt in Attempts.Keys)
                {
                    table.Add(file.File, attempt);
                }
            }

            return table;
        }
    }

    [BehindProxyTheory]
    [MemberData(nameof(Table))]
    public async Task ForgedName_NeverArrivesAsAHeader(string file, string attempt)
    {
        var passage = await proxies.SendAsync(file, Attempts[attempt]);

        var users = passage.Heard.SelectMany(request => request.Headers)
            .Where(header => header.Name.Replace('_', '-').Trim().Equals("x-forwarded-user", StringComparison.OrdinalIgnoreCase)).Select(header => header.Value).Distinct();
        Assert.Equal(ReadyMade.Named(file).AsksForUser && passage.Heard.Count > 0 ? [TestUser.Name] : [], users);
        Assert.All(passage.Heard, request => Assert.Equal([passage.Host], request.Values("host")));
        Assert.All(passage.Heard, request => Assert.False(request.Has("content-length") && request.Has("transfer-encoding"), request.Bytes));
        Assert.All(passage.Heard, request => Assert.DoesNotContain("X-Forwarded-User", string.Join(',', request.Values("connection")), StringComparison.OrdinalIgnoreCase));
        Assert.True(passage.Heard.Count == 1 || passage.Status is 400 or 404 or 200 or 501 or 0, $"{passage.Heard.Count} requests, answered {passage.Status}");
    }

    /// <summary>A request whose end is in doubt, and a second one hidden behind that doubt.</summary>
    private static string Body(string host, string[] lines) =>
        string.Join("\r\n", [$"POST {Limits.HubPath} HTTP/1.1", $"Host: {host}", .. lines, "", "0", "", ""]) + Second(host, lines);

    private static string Second(string host, string[] lines) =>
        $"GET /second HTTP/1.1\r\nHost: {host}\r\n{lines.Single(line => line.StartsWith("X-Test", StringComparison.Ordinal))}\r\nX-Forwarded-User: mallory\r\n\r\n";
}
