using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// Conversations: 1 messages into transcripts that are awake, durable; 2 as many conversations as NETCLAW_BENCH_CONVERSATIONS says (10,000) begun, gone to rest and woken by a reader; 3 one message to 100 connections
/// that follow a conversation, from the call until the last has read it. Beside them in the same run: one-row commits of raw SQLite on the same disk, and a bare send loop over as many WebSockets.
/// </summary>
internal static class ConversationBenchmark
{
    private const int Runs = 5;
    private const int Appends = 5_000;
    private const int Writers = 64;
    private const int Readers = 16;
    private const int Followers = 100;
    private const int Messages = 30;
    private const int WarmUps = 5;

    private static readonly int Conversations = int.Parse(Environment.GetEnvironmentVariable("NETCLAW_BENCH_CONVERSATIONS") ?? "10000", CultureInfo.InvariantCulture);

    public static async Task RunAsync()
    {
        var (rates, tails, control, begun, rested, woken, wokenTails) = (new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var run = 0; run < Runs; run++)
        {
            var home = DaemonProcess.NewHome();
            try
            {
                await using var conversations = await ConversationsOnDisk.OpenAsync(home, TimeSpan.FromSeconds(2));
                await LoadAsync(Writers, 1_000, number => conversations.AppendAsync(number % Writers));
                var (rate, p99) = await LoadAsync(Writers, Appends, number => conversations.AppendAsync(number % Writers)); // 1
                rates.Add(rate);
                tails.Add(p99);
                control.Add(ApprovalBenchmark.RawCommits(Path.Combine(home.Root, "control.db")));

                begun.Add((await LoadAsync(Writers, Conversations, number => conversations.AppendAsync(Writers + number))).Rate); // 2
                var clock = Stopwatch.StartNew();
                while (conversations.Awake > 0)
                {
                    await Task.Delay(20);
                }

                rested.Add(clock.Elapsed.TotalSeconds);
                (rate, p99) = await LoadAsync(Readers, Conversations, number => conversations.ReadAsync(Writers + number));
                woken.Add(rate);
                wokenTails.Add(p99);
            }
            finally
            {
                Directory.Delete(home.Root, recursive: true);
            }

            Figures.Line($"run {run + 1}: {rates[^1]:N0} appends/s, p99 {tails[^1]:N1} ms; {begun[^1]:N0} begun/s; all at rest after {rested[^1]:N1} s; {woken[^1]:N0} woken/s, p99 {wokenTails[^1]:N1} ms; raw one-row commits {control[^1]:N0}/s");
        }

        Figures.Summary($"appends, durable, {Writers} writers", rates, "/s");
        Figures.Summary("append, durable, p99", tails, "ms");
        Figures.Summary("raw SQLite one-row commits, one writer (control)", control, "/s");
        Figures.Summary("conversations begun", begun, "/s");
        Figures.Summary($"{Conversations:N0} conversations at rest after (2 s of them idle)", rested, "s");
        Figures.Summary($"woken by a reader, {Readers} at a time", woken, "/s");
        Figures.Summary("woken by a reader, p99", wokenTails, "ms");
        await FollowedAsync(); // 3
    }

    private static async Task FollowedAsync()
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        List<double> ours, bare;
        await using (var daemon = await DaemonProcess.StartAsync())
        {
            var token = await WireCrowd.TokenAsync(daemon);
            using var owner = await WireSession.ByTokenAsync(daemon, token, bound.Token, "cli", "operator.admin");
            ours = await TimeAsync("session.message", async cancel =>
            {
                var follower = await WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.read");
                await follower.SendAsync("""{"type":"req","id":"s","method":"sessions.messages.subscribe","params":{"key":"main"}}""", cancel);
                await follower.NextWithAsync("\"id\":\"s\"", cancel);
                return follower;
            }, run => owner.SendAsync($$$"""{"type":"req","id":"{{{run}}}","method":"chat.inject","params":{"sessionKey":"main","message":"message {{{run}}}"}}""", bound.Token), bound.Token);
        }

        await using (var server = await BareServer.StartAsync())
        {
            using var trigger = await WireSession.OpenAsync(server.Endpoint, "/bare/say", bound.Token);
            var frame = $$$"""{"type":"event","event":"session.message","payload":{"sessionKey":"agent:main:main","message":{"role":"assistant","content":[{"type":"text","text":"message 1"}],"timestamp":1800000000000,"id":"1-1","seq":1,"by":"token"},"messageId":"1-1","messageSeq":1,"agentId":"main"},"seq":12}""";
            bare = await TimeAsync("session.message", cancel => WireSession.OpenAsync(server.Endpoint, "/bare/crowd", cancel), _ => trigger.SendAsync(frame, bound.Token), bound.Token);
        }

        Figures.Summary($"one durable message to {Followers} followers, call to last read", ours, "ms");
        Figures.Summary("bare send loop (control)", bare, "ms");
        Figures.Line($"p99 {Figures.Percentile(ours, 99):N1} ms, of the control {Figures.Percentile(bare, 99):N1} ms");
    }

    private static async Task<List<double>> TimeAsync(string heard, Func<CancellationToken, Task<WireSession>> open, Func<int, ValueTask> say, CancellationToken cancel)
    {
        var followers = new List<WireSession>();
        try
        {
            await WireCrowd.OpenAsync(Followers, followers, open, cancel);
            var times = new List<double>();
            for (var run = 1; run <= WarmUps + Messages; run++)
            {
                var reading = followers.ConvertAll(session => session.NextWithAsync(heard, cancel));
                var started = Stopwatch.GetTimestamp();
                await say(run);
                await Task.WhenAll(reading);
                times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }

            return times[WarmUps..];
        }
        finally
        {
            followers.ForEach(session => session.Dispose());
        }
    }

    private static async Task<(double Rate, double P99)> LoadAsync(int workers, int count, Func<int, Task> once)
    {
        var next = -1;
        var latencies = new ConcurrentBag<double>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(async () =>
        {
            for (var number = Interlocked.Increment(ref next); number < count; number = Interlocked.Increment(ref next))
            {
                var started = Stopwatch.GetTimestamp();
                await once(number);
                latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        })));
        return (count / clock.Elapsed.TotalSeconds, Figures.Percentile(latencies, 99));
    }
}
