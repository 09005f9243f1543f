using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Netclaw.Actors.Cron;
using Netclaw.Daemon.Cron;
using Netclaw.Daemon.Tests.DeadEnds;
using Netclaw.Daemon.Tests.Gateway;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Cron;

/// <summary>Posts to a server on a real socket.</summary>
public sealed class WebhooksTests : IDisposable
{
    private static readonly byte[] Body = "{\"status\":\"ok\"}"u8.ToArray();

    private readonly TemporaryHome _temporary = new();
    private readonly ManualTime _time = new();
    private readonly Webhooks _webhooks;

    public WebhooksTests()
    {
        Directory.CreateDirectory(_temporary.Home.KeysDirectory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _webhooks = new Webhooks(_temporary.Home.WebhookKey, _time);
    }

    public void Dispose()
    {
        _webhooks.Dispose();
        _temporary.Dispose();
    }

    [Fact]
    public async Task APost_IsSignedWithTheKeyOfTheFile_OverItsTimeAndItsBody()
    {
        await using var server = await HookServer.StartAsync();

        Assert.Null(await PostAsync(server));

        var post = Assert.Single(server.Posts);
        Assert.Equal(("POST", "job_x-1", "application/json"), (post.Method, post.Id, post.Type));
        Assert.Equal(Body, post.Body);
        Assert.Equal(_time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), post.Timestamp);
        Assert.Equal(SignatureOf(post), post.Signature);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_temporary.Home.WebhookKey));
    }

    [Fact]
    public async Task AServerThatIsBroken_IsTriedAgain_LaterEachTime_UnderTheSameId()
    {
        await using var server = await HookServer.StartAsync(500, 429);

        Assert.Null(await PostAsync(server));

        var posts = server.Posts.ToArray();
        Assert.Equal(3, posts.Length);
        Assert.All(posts, post => Assert.Equal(("job_x-1", SignatureOf(post)), (post.Id, post.Signature)));
        var times = posts.Select(post => long.Parse(post.Timestamp, CultureInfo.InvariantCulture)).ToArray();
        Assert.True(times[1] - times[0] >= 1 && times[2] - times[1] >= 5, string.Join(' ', times));
    }

    [Fact]
    public async Task AServerThatStaysBroken_IsGivenUp_AndWhatWasSeenIsSaid()
    {
        await using var server = await HookServer.StartAsync(500, 502, 503);

        Assert.Equal("127.0.0.1 answered 503", await PostAsync(server));
        Assert.Equal(3, server.Posts.Count);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(410)]
    public async Task WhatAServerRefuses_IsNotTriedAgain(int status)
    {
        await using var server = await HookServer.StartAsync(status);

        Assert.Equal($"127.0.0.1 answered {status}", await PostAsync(server));
        Assert.Single(server.Posts);
    }

    [Theory]
    [InlineData(302)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task NoRedirect_IsFollowed(int status)
    {
        await using var elsewhere = await HookServer.StartAsync();
        await using var server = await HookServer.StartAsync();
        server.SendsElsewhere(status, elsewhere.Url);

        Assert.Equal($"127.0.0.1 answered {status}", await PostAsync(server));
        Assert.Empty(elsewhere.Posts);
    }

    [Fact]
    public async Task AServerThatIsNotThere_IsSaidToBe()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0)); // nobody listens, and nobody else can

        Assert.StartsWith("127.0.0.1 cannot be reached", await PostAsync(new Uri($"http://{taken.LocalEndPoint}/hook")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithAKeyThatOthersCanRead_NothingIsPosted()
    {
        await using var server = await HookServer.StartAsync();
        await File.WriteAllTextAsync(_temporary.Home.WebhookKey, new string('k', 64));
        File.SetUnixFileMode(_temporary.Home.WebhookKey, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);

        Assert.NotNull(await PostAsync(server));
        Assert.Empty(server.Posts);
    }

    [Theory]
    [InlineData("https://example.org/hook", true)]
    [InlineData("http://127.0.0.1:8080/hook", true)]
    [InlineData("http://[::1]/hook", true)]
    [InlineData("http://localhost/hook", true)]
    [InlineData("http://example.org/hook", false)]
    [InlineData("http://192.168.1.4/hook", false)]
    [InlineData("http://127.0.0.1.example.org/hook", false)]
    [InlineData("https://user:secret@example.org/hook", false)]
    [InlineData("ftp://127.0.0.1/hook", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("/hook", false)]
    public void Addresses_AreEncrypted_OrDoNotLeaveTheMachine(string address, bool allowed) => Assert.Equal(allowed, WebhookAddress.TryRead(address, out _));

    [Fact]
    public async Task AJobsEnd_IsPostedByTheDaemon_AndItsKeyStandsNowhereElse()
    {
        await using var server = await HookServer.StartAsync();
        await using var host = await GatewayHost.StartAsync();
        await using var peer = await Peer.OperatorAsync(host, native: true);
        var job = CronRefusals.Job("0 9 1 1 *", "tea");
        job["delivery"] = new JsonObject { ["mode"] = "webhook", ["to"] = server.Url.ToString() };
        job["payload"] = new JsonObject { ["kind"] = "command", ["argv"] = new JsonArray("sh", "-c", "echo $NETCLAW_TOKEN | wc -c") };
        var id = (await peer.GetAsync("cron.add", job)).GetProperty("id").GetString()!;

        var run = (await peer.GetAsync("cron.run", new JsonObject { ["id"] = id })).GetProperty("runId").GetString();
        while ((await peer.HearsAsync("cron")).GetProperty("action").GetString() != "finished")
        {
        }

        var post = Assert.Single(server.Posts);
        var told = JsonNode.Parse(post.Body)!;
        Assert.Equal((run, run, id, "ok"), (post.Id, (string?)told["runId"], (string?)told["jobId"], (string?)told["status"]));
        var entry = (await peer.GetAsync("cron.runs", new JsonObject { ["id"] = id })).GetProperty("entries")[0];
        Assert.Equal("delivered", entry.GetProperty("deliveryStatus").GetString());
        var key = (await File.ReadAllTextAsync(host.Home.WebhookKey)).Trim();
        Assert.Equal(SignatureOf(post, key), post.Signature);
        await host.StopAsync();
        Assert.DoesNotContain(key, entry.GetRawText() + Encoding.UTF8.GetString(post.Body), StringComparison.Ordinal);
        Assert.All(
            Directory.EnumerateFiles(host.Home.Root, "*", SearchOption.AllDirectories).Where(file => file != host.Home.WebhookKey),
            file => Assert.False(File.ReadAllBytes(file).AsSpan().IndexOf(Encoding.ASCII.GetBytes(key)) >= 0, file));
    }

    /// <summary>Waits pass as time is moved on; each step is far less than what one try may take.</summary>
    private async Task<string?> PostAsync(Uri address)
    {
        var posting = _webhooks.PostAsync(address, "job_x-1", Body, CancellationToken.None);
        for (var steps = 0; steps < 3000 && !posting.IsCompleted; steps++)
        {
            await Task.WhenAny(posting, Task.Delay(10));
            _time.Advance(TimeSpan.FromMilliseconds(posting.IsCompleted ? 0 : 50));
        }

        return await posting.WaitAsync(GatewayHost.Bound);
    }

    private Task<string?> PostAsync(HookServer server) => PostAsync(server.Url);

    private string SignatureOf(Posted post) => SignatureOf(post, File.ReadAllText(_temporary.Home.WebhookKey).Trim());

    /// <summary>As docs/guides/cron.md has it.</summary>
    private static string SignatureOf(Posted post, string key) =>
        "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.ASCII.GetBytes(key), (byte[])[.. Encoding.ASCII.GetBytes(post.Timestamp + "."), .. post.Body]));
}
