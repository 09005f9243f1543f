using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Netclaw.Benchmarks.Gateway;

/// <summary>
/// What an agent says, while it says it, to 100 connections that follow its conversation. The agent is a program (acp) that writes the time of each piece into it, 100 pieces a second; each connection notes how old
/// a piece is when it has read it. Beside it in the same run: a bare send loop over as many WebSockets, given frames of the same form at the same pace.
/// </summary>
internal static class DeltaBenchmark
{
    private const int Runs = 5;
    private const int Followers = 100;
    private const int Pieces = 500;
    private const int WarmUps = 100;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    /// <summary>Each piece: <c>@</c>, Unix seconds with six decimals, <c>;</c>.</summary>
    private static readonly string Script = """
        read -r one; echo '{"jsonrpc":"2.0","id":1,"result":{"protocolVersion":1}}'
        read -r two; echo '{"jsonrpc":"2.0","id":2,"result":{"sessionId":"s"}}'
        read -r three
        for ((i = 0; i < PIECES; i++)); do
          printf '{"jsonrpc":"2.0","method":"session/update","params":{"sessionId":"s","update":{"sessionUpdate":"agent_message_chunk","content":{"type":"text","text":"@%s;"}}}}\n' "$EPOCHREALTIME"
          read -r -t PACE nothing
        done
        echo '{"jsonrpc":"2.0","id":3,"result":{"stopReason":"end_turn"}}'
        """.Replace("PIECES", (Pieces + WarmUps).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal).Replace("PACE", Pace.TotalSeconds.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);

    public static async Task RunAsync()
    {
        var (ours, bare) = (new List<(double Median, double P99)>(), new List<(double Median, double P99)>());
        for (var run = 1; run <= Runs; run++)
        {
            ours.Add(await SpokenAsync(run));
            bare.Add(await SentAsync());
            Figures.Line($"run {run}: a piece is {ours[^1].Median:N2} ms old when it is read, p99 {ours[^1].P99:N1} ms; bare loop {bare[^1].Median:N2} ms, p99 {bare[^1].P99:N1} ms");
        }

        Figures.Summary($"a piece of an answer at {Followers} followers, age", [.. ours.Select(run => run.Median)], "ms");
        Figures.Summary("p99", [.. ours.Select(run => run.P99)], "ms");
        Figures.Summary("bare send loop (control), age", [.. bare.Select(run => run.Median)], "ms");
        Figures.Summary("p99", [.. bare.Select(run => run.P99)], "ms");
    }

    private static async Task<(double, double)> SpokenAsync(int run)
    {
        var home = DaemonProcess.NewHome();
        try
        {
            var script = Path.Combine(home.Root, "agent.sh");
            await File.WriteAllTextAsync(script, Script);
            await File.WriteAllTextAsync(home.ConfigFile, JsonSerializer.Serialize(new { agents = new { main = new { runtime = "acp", command = (string[])["/bin/bash", script], tools = Array.Empty<string>() } } }));
            await using var daemon = await DaemonProcess.StartAsync(home);
            using var bound = new CancellationTokenSource(Bound);
            var token = await WireCrowd.TokenAsync(daemon);
            using var owner = await WireSession.ByTokenAsync(daemon, token, bound.Token, "cli", "operator.admin");
            return await AgesAsync(async cancel =>
            {
                var follower = await WireSession.ByTokenAsync(daemon, token, cancel, "cli", "operator.read");
                await follower.SendAsync("""{"type":"req","id":"s","method":"sessions.messages.subscribe","params":{"key":"main"}}""", cancel);
                await follower.NextWithAsync("\"id\":\"s\"", cancel);
                return follower;
            }, async () => await owner.SendAsync($$$"""{"type":"req","id":"go","method":"chat.send","params":{"sessionKey":"main","message":"Speak.","idempotencyKey":"run-{{{run}}}"}}""", bound.Token), bound.Token);
        }
        finally
        {
            Directory.Delete(home.Root, recursive: true);
        }
    }

    private static async Task<(double, double)> SentAsync()
    {
        await using var server = await BareServer.StartAsync();
        using var bound = new CancellationTokenSource(Bound);
        using var speaker = await WireSession.OpenAsync(server.Endpoint, "/bare/say", bound.Token);
        return await AgesAsync(cancel => WireSession.OpenAsync(server.Endpoint, "/bare/crowd", cancel), async () =>
        {
            for (var piece = 0; piece < Pieces + WarmUps; piece++)
            {
                await speaker.SendAsync($$$"""{"type":"event","event":"chat","payload":{"runId":"run-1","sessionKey":"agent:main:main","seq":{{{piece + 3}}},"state":"delta","deltaText":"@{{{Now().ToString("F6", CultureInfo.InvariantCulture)}}};","agentId":"main"},"seq":{{{piece + 9}}}}""", bound.Token);
                await Task.Delay(Pace, bound.Token);
            }
        }, bound.Token);
    }

    /// <summary>Of the pieces behind the first <see cref="WarmUps"/>, at every follower.</summary>
    private static async Task<(double Median, double P99)> AgesAsync(Func<CancellationToken, Task<WireSession>> open, Func<Task> speak, CancellationToken cancel)
    {
        var followers = new List<WireSession>();
        try
        {
            await WireCrowd.OpenAsync(Followers, followers, open, cancel);
            var ages = new ConcurrentBag<double>();
            var reading = followers.ConvertAll(session => Task.Run(() => ReadAsync(session, ages, cancel), cancel));
            await speak();
            await Task.WhenAll(reading);
            return (Figures.Median(ages), Figures.Percentile(ages, 99));
        }
        finally
        {
            followers.ForEach(session => session.Dispose());
        }
    }

    private static async Task ReadAsync(WireSession session, ConcurrentBag<double> ages, CancellationToken cancel)
    {
        for (var read = 0; read < Pieces + WarmUps;)
        {
            var frame = await session.NextWithAsync("\"deltaText\":\"@", cancel);
            var now = Now();
            var text = Encoding.UTF8.GetString(frame.Span);
            foreach (var piece in text[text.IndexOf('@', StringComparison.Ordinal)..text.LastIndexOf(';')].Split(";@"))
            {
                if (++read > WarmUps)
                {
                    ages.Add((now - double.Parse(piece.TrimStart('@'), CultureInfo.InvariantCulture)) * 1000);
                }
            }
        }
    }

    /// <summary>Unix seconds, by the clock that the agent reads too.</summary>
    private static double Now() => (DateTime.UtcNow - DateTime.UnixEpoch).TotalSeconds;
}
