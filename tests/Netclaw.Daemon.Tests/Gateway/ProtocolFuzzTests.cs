using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Netclaw.Protocol;
using Netclaw.Testing;
using Xunit.Abstractions;

namespace Netclaw.Daemon.Tests.Gateway;

/// <summary>Tests that measure the process run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class MeasuredAlone
{
    public const string Name = "measured alone";
}

/// <summary>
/// Broken frames against the real listener: no crash, no hang, no growing memory, and always an answer or the close that clients know. 20,000 inputs; a million with
/// <c>NETCLAW_LONG=1</c>.
/// </summary>
[Collection(MeasuredAlone.Name)]
public sealed class ProtocolFuzzTests(ITestOutputHelper output)
{
    private const long MostGrowth = 64 * 1024 * 1024;
    private const int BetweenChecks = 50;

    private static readonly int[] Codes = [1000, 1002, 1007, 1008, 1009, 1013];

    /// <summary>None that ends the daemon.</summary>
    private static readonly string[] Calls =
    [
        """{"type":"req","id":"1","method":"health","params":{}}""",
        """{"type":"req","id":"2","method":"status","params":{"includeChannelSummary":false},"traceparent":"00-1"}""",
        """{"type":"req","id":"3","method":"device.pair.list","params":{"all":true}}""",
        """{"type":"req","id":"4","method":"device.pair.approve","params":{"requestId":"r_000000000000","symbols":"ABCD-EFGH","scopes":["operator.read"]}}""",
        """{"type":"req","id":"5","method":"device.pair.rename","params":{"deviceId":"56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c","label":"den"}}""",
        """{"type":"req","id":"6","method":"device.token.rotate","params":{"deviceId":"56475aa75463474c0285df5dbf2bcab73da651358839e9b77481b2eab107708c","role":"node"}}""",
        """{"type":"req","id":"7","method":"system-presence"}""",
        """{"type":"req","id":"8","method":"device.scopes.waitUpgrade","params":{"requestId":"r_000000000000"}}""",
        """{"type":"req","id":"9","method":"connect","params":{"minProtocol":4,"maxProtocol":4}}""",
        """{"type":"req","id":"10","method":"sessions.patch","params":{"key":"agent:main:main","label":"tea","archived":false}}""",
        """{"type":"req","id":"11","method":"chat.history","params":{"sessionKey":"agent:main:main","limit":10}}""",
        """{"type":"req","id":"12","method":"exec.approval.get","params":{"id":"a_000000000000"}}""",
        """{"type":"req","id":"13","method":"cron.get","params":{"id":"j_000000000000"}}""",
        """{"type":"req","id":"14","method":"models.list","params":{"view":"all","refresh":false}}""",
        """{"type":"event","event":"tick","payload":{"ts":1},"seq":1}""",
        """{"type":"res","id":"1","ok":true,"payload":{}}""",
    ];

    [Fact]
    public async Task AfterTheHello_NothingEndsTheConnection_AndEveryGoodCallIsAnswered()
    {
        var (inputs, seed) = (TestRun.IsLong ? 900_000 : 18_000, Seed());
        await using var host = await GatewayHost.StartAsync();
        var token = Token(host);
        var frames = new BrokenFrames(seed);
        using var client = await ConnectedAsync(host, token);
        var before = Settled();

        for (var i = 1; i <= inputs; i++)
        {
            var frame = frames.Next(frames.Of(Calls));
            await client.SendAsync(frame, frames.Chance(2) && IsText(frame) ? WebSocketMessageType.Text : WebSocketMessageType.Binary);
            if (i % BetweenChecks == 0)
            {
                var answer = await client.CallAsync($"check {i}", "health");
                Assert.True(answer.GetProperty("ok").GetBoolean() || answer.GetProperty("error").GetProperty("code").GetString() == "UNAVAILABLE", $"seed {seed}, input {i}: {answer.GetRawText()}");
            }
        }

        Assert.InRange(Settled() - before, long.MinValue, MostGrowth);
    }

    [Fact]
    public async Task BeforeTheHello_EveryInputIsAnsweredOrClosed_AndTheNextClientIsServed()
    {
        var (inputs, seed) = (TestRun.IsLong ? 100_000 : 2_000, Seed());
        // Many tokens here are wrong; that guessing is slowed down is not what is asked.
        await using var host = await GatewayHost.StartAsync("""{"auth":{"rateLimit":{"maxAttempts":1000,"windowSeconds":1,"lockoutSeconds":1,"globalPerMinute":1000000}}}""");
        var token = Token(host);
        var frames = new BrokenFrames(seed);
        var device = new ProtocolDevice();
        var before = Settled();

        for (var i = 1; i <= inputs; i++)
        {
            using var client = await ProtocolClient.OpenAsync(host.Address);
            var hello = ProtocolClient.Hello("node-host", "node", frames.Chance(2) ? "node" : "operator", "operator.read");
            hello["auth"] = new JsonObject { ["token"] = frames.Chance(2) ? token : "another" };
            hello = frames.Chance(2) ? client.Signed(hello, device) : hello;
            var good = new JsonObject { ["type"] = "req", ["id"] = "c", ["method"] = "connect", ["params"] = hello }.ToJsonString();
            var frame = frames.Next(good);
            await client.SendAsync(frame, frames.Chance(2) && IsText(frame) ? WebSocketMessageType.Text : WebSocketMessageType.Binary);
            for (var held = frames.Chance(20) ? 16 : 0; held > 0; held--)
            {
                await SendDespiteAsync(client, frames.Next(good));
            }

            await AnsweredOrClosedAsync(client, $"seed {seed}, input {i}");
        }

        // Where nothing is guessed and nobody is slowed down.
        using var last = await ProtocolClient.OpenAsync(new UnixDomainSocketEndPoint(host.Home.ControlSocket));
        Assert.True((await last.ConnectAsync(ProtocolClient.Hello(scopes: "operator.read"))).GetProperty("ok").GetBoolean());
        Assert.True((await last.CallAsync("last", "health")).GetProperty("ok").GetBoolean());
        Assert.InRange(Settled() - before, long.MinValue, MostGrowth);
    }

    [Fact]
    public async Task HalfAMessage_AndAnAbruptEnd_LeaveNothingBehind()
    {
        await using var host = await GatewayHost.StartAsync();
        for (var i = 0; i < 100; i++)
        {
            using var client = await ProtocolClient.OpenAsync(host.Address);
            await client.SendPartAsync("""{"type":"req","id":"c","meth""");
            client.Abort();
        }

        using var last = await ConnectedAsync(host, Token(host));
        Assert.True((await last.CallAsync("last", "health")).GetProperty("ok").GetBoolean());
    }

    /// <summary>Whatever comes first: an answer to the hello, or a close with a code that clients know.</summary>
    private static async Task AnsweredOrClosedAsync(ProtocolClient client, string where)
    {
        try
        {
            if (await client.NextAsync() is { } frame)
            {
                Assert.Contains(frame.GetProperty("type").GetString(), new[] { "res", "event" });
                return;
            }
        }
        catch (WebSocketException)
        {
            return; // both sides were in the middle of a word
        }

        Assert.True(Codes.Contains(client.Closed!.Value.Code), $"{where}: closed with {client.Closed}");
    }

    private static async Task SendDespiteAsync(ProtocolClient client, byte[] frame)
    {
        try
        {
            await client.SendAsync(frame);
        }
        catch (WebSocketException)
        {
            // It is closed by now, as it should be.
        }
    }

    private static async Task<ProtocolClient> ConnectedAsync(GatewayHost host, string token)
    {
        var client = await ProtocolClient.OpenAsync(host.Address);
        var hello = ProtocolClient.Hello(scopes: ["operator.read", "operator.pairing"]);
        hello["auth"] = new JsonObject { ["token"] = token };
        Assert.True((await client.ConnectAsync(hello)).GetProperty("ok").GetBoolean());
        return client;
    }

    /// <summary>A client checks what it sends as text itself.</summary>
    private static bool IsText(byte[] frame) => System.Text.Unicode.Utf8.IsValid(frame);

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private int Seed()
    {
        output.WriteLine($"NETCLAW_SEED={TestRun.Seed}");
        return TestRun.Seed;
    }

    private static string Token(GatewayHost host) => File.ReadAllText(Path.Combine(host.Home.Root, "keys", "gateway.token")).Trim();
}
