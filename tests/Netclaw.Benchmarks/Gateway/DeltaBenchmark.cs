using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Netclaw.Testing;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// What a model says, while it says it, to 100 connections that follow the conversation: a real daemon, its <c>openai</c> runtime, and a model in this process that writes into each piece when it wrote it. 1 a piece
/// every 10 ms: from the model's write until the last connection has read the piece; 2 as fast as the model writes: pieces read a second, by all together. What piles up while the gateway is busy goes out as one
/// event. Beside it in the same run: a bare loop that sends each piece, in bytes of the same form, to as many WebSockets. NETCLAW_BENCH_DELTAS says how many pieces (500).
/// </summary>
internal static class DeltaBenchmark
{
    private const int Runs = 5;

    private static readonly int Pieces = int.Parse(Environment.GetEnvironmentVariable("NETCLAW_BENCH_DELTAS") ?? "500", CultureInfo.InvariantCulture);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    /// <summary>For one answer, with the connecting.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    public static async Task RunAsync()
    {
        var (ours, bare, ourRates, bareRates) = (new List<DeltaTimes>(), new List<DeltaTimes>(), new List<double>(), new List<double>());
        Figures.Line($"{Runs} runs of four answers of {Pieces} pieces; each has {Bound.TotalSeconds:N0} s; publishing netclawd comes first and takes minutes");
        for (var run = 1; run <= Runs; run++)
        {
            ours.Add(await SaidAsync(Pace)); // 1
            bare.Add(await SentAsync(Pace));
            ourRates.Add((await SaidAsync(TimeSpan.Zero)).PerSecond); // 2
            bareRates.Add((await SentAsync(TimeSpan.Zero)).PerSecond);
            Figures.Line($"run {run}: a piece at its last reader after {ours[^1].Median:N2} ms, p99 {ours[^1].P99:N1} ms, beside {bare[^1].Median:N2} ms, p99 {bare[^1].P99:N1} ms; {ourRates[^1]:N0} pieces/s read beside {bareRates[^1]:N0}/s");
        }

        Figures.Summary($"a piece every {Pace.TotalMilliseconds:N0} ms, write to the last of {DeltaCrowd.Followers} readers", [.. ours.Select(each => each.Median)], "ms");
        Figures.Summary("p99", [.. ours.Select(each => each.P99)], "ms");
        Figures.Summary("bare send loop (control)", [.. bare.Select(each => each.Median)], "ms");
        Figures.Summary("p99", [.. bare.Select(each => each.P99)], "ms");
        Figures.Summary("pieces read, as fast as the model writes", ourRates, "/s");
        Figures.Summary("bare send loop (control)", bareRates, "/s");
    }

    private static async Task<DeltaTimes> SaidAsync(TimeSpan pace)
    {
        using var bound = new CancellationTokenSource();
        var home = DaemonProcess.NewHome();
        try
        {
            await using var model = await LocalModel.StartAsync();
            model.Answers((_, context) => AnswerAsync(context, pace));
            await File.WriteAllTextAsync(home.ConfigFile, $$"""{ "agents": { "main": {{model.Entry(""", "tools": []""")}} } }""");
            await using var daemon = await DaemonProcess.StartAsync(home);
            bound.CancelAfter(Bound);
            var token = await WireCrowd.TokenAsync(daemon);
            using var crowd = await DeltaCrowd.OpenAsync("netclawd", Pieces, async cancel =>
            {
                var follower = await WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.read", "operator.write");
                await follower.CallAsync("s", "sessions.messages.subscribe", """{"key":"main"}""", cancel);
                return follower;
            }, bound.Token);
            return await crowd.HearAsync(
                () => crowd.First.SendAsync("""{"type":"req","id":"go","method":"chat.send","params":{"sessionKey":"main","message":"Speak.","idempotencyKey":"speak-1"}}""", bound.Token).AsTask(), bound.Token);
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }
    }

    private static async Task<DeltaTimes> SentAsync(TimeSpan pace)
    {
        await using var server = await BareServer.StartAsync();
        using var bound = new CancellationTokenSource(Bound);
        using var speaker = await WireSession.OpenAsync(server.Endpoint, "/bare/say", bound.Token);
        using var crowd = await DeltaCrowd.OpenAsync("the bare loop", Pieces, async cancel =>
        {
            var follower = await WireSession.OpenAsync(server.Endpoint, "/bare/crowd", cancel);
            await follower.NextAsync(cancel); // it is one of the crowd
            return follower;
        }, bound.Token);
        return await crowd.HearAsync(async () =>
        {
            for (var piece = 1; piece <= Pieces; piece++)
            {
                await speaker.SendAsync($$$"""{"type":"event","event":"chat","payload":{"runId":"speak-1","sessionKey":"agent:main:main","seq":{{{piece}}},"state":"delta","deltaText":"{{{Piece()}}}","agentId":"main"},"seq":{{{piece}}}}""", bound.Token);
                await WaitAsync(pace, bound.Token);
            }
        }, bound.Token);
    }

    private static async Task AnswerAsync(HttpContext context, TimeSpan pace)
    {
        context.Response.ContentType = "text/event-stream";
        for (var piece = 1; piece <= Pieces; piece++)
        {
            await WriteAsync(context, $$$"""{"index":0,"delta":{"content":"{{{Piece()}}}"},"finish_reason":null}""");
            await WaitAsync(pace, context.RequestAborted);
        }

        await WriteAsync(context, """{"index":0,"delta":{},"finish_reason":"stop"}""");
        await context.Response.WriteAsync("data: [DONE]\n\n", Encoding.UTF8, context.RequestAborted);
    }

    private static async Task WriteAsync(HttpContext context, string choice)
    {
        await context.Response.WriteAsync($$"""data: {"id":"chatcmpl-1","object":"chat.completion.chunk","created":1,"model":"parrot","choices":[{{choice}}]}""" + "\n\n", Encoding.UTF8, context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
    }

    private static Task WaitAsync(TimeSpan pace, CancellationToken cancel) => pace == TimeSpan.Zero ? Task.CompletedTask : Task.Delay(pace, cancel);

    private static string Piece() => string.Create(CultureInfo.InvariantCulture, $"{DeltaCrowd.Begin}{Stopwatch.GetTimestamp()}{DeltaCrowd.End}");
}
