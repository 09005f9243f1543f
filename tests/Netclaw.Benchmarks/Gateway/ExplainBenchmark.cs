using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Netclaw.Benchmarks.Gateway;

/// <summary><c>netclawd offline policy-explain</c> as a whole process, from a file of questions to a file of answers.</summary>
internal static class ExplainBenchmark
{
    private const int Questions = 400_000;
    private const int Runs = 5;
    private const string Config = """{"exposure":{"mode":"reverse-proxy","externalUrl":"https://gateway.example","trustedProxies":["10.0.0.5"]},"auth":{"mode":"trusted-proxy","trustedProxy":{"userHeader":"x-user","requiredHeaders":["x-team"]}}}""";

    private static readonly string[] Asked =
    [
        """{"remote":"127.0.0.1:40000","local":"127.0.0.1:5199","remoteUid":1000,"daemonUid":1000,"headers":{"Host":"127.0.0.1:5199"},"credentials":{"token":"valid"},"scopes":["read","write"]}""",
        $$"""{"remote":"10.0.0.5:443","headers":{"Host":"gateway.example","X-Forwarded-For":"198.51.100.7","X-User":"alice","X-Team":"red"},"scopes":["read"],"config":{{Config}} }""",
        $$"""{"remote":"10.0.0.9:443","headers":{"Host":"gateway.example","X-User":"alice"},"scopes":["read"],"config":{{Config}} }""",
        $$"""{"remote":"10.0.0.9:443","headers":{"Host":"gateway.example"},"credentials":{"device":"valid"},"device":{"state":"paired"},"scopes":["read"],"config":{{Config}} }""",
    ];

    public static async Task RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("netclaw-explain-").FullName;
        try
        {
            var (questions, answers) = (Path.Combine(folder, "questions.jsonl"), Path.Combine(folder, "answers.jsonl"));
            await File.WriteAllLinesAsync(questions, Enumerable.Range(0, Questions).Select(number => Asked[number % Asked.Length]), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            var rates = new List<double>();
            for (var run = -1; run < Runs; run++)
            {
                var rate = await OnceAsync(folder, questions, answers);
                if (run >= 0)
                {
                    rates.Add(rate);
                }
            }

            Figures.Summary("policy explain, whole process (goal 50,000)", rates, "answers/s");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<double> OnceAsync(string home, string questions, string answers)
    {
        var start = new ProcessStartInfo("/bin/sh") { ArgumentList = { "-c", "exec \"$0\" offline policy-explain --json --home \"$1\" < \"$2\" > \"$3\"", Published.Daemon, home, questions, answers } };
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        var elapsed = clock.Elapsed.TotalSeconds;
        var lines = File.ReadLines(answers).Count();
        var last = JsonNode.Parse(File.ReadLines(answers).Last())!["outcome"]!.GetValue<string>();
        return process.ExitCode == 0 && lines == Questions && last == "granted" ? Questions / elapsed
            : throw new InvalidOperationException($"exit code {process.ExitCode}, {lines} answers, the last {last}");
    }
}
