using System.Diagnostics;
using System.Globalization;
using Akka.Actor;

namespace Netclaw.Benchmarks.Runtime;

/// <summary>The first actor system of a process: each run is a process of its own, which prints how long it took.</summary>
internal static class StartBenchmark
{
    public static IReadOnlyList<Benchmark> All { get; } =
    [
        new("runtime/first-system", "ms", Spawn, 9),
        new("runtime/first-system-child", "ms", Start, 1),
    ];

    private static async Task<Sample> Spawn()
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(typeof(StartBenchmark).Assembly.Location);
        start.ArgumentList.Add("runtime/first-system-child");
        using var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new Sample(double.Parse(line.Split("first:")[1].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    private static async Task<Sample> Start()
    {
        var start = Stopwatch.GetTimestamp();
        var system = ActorSystem.Create("first", BenchmarkSystem.Quiet);
        await system.ActorOf(Props.Create(() => new Echo())).Ask<string>("ready?");
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        Console.Write(string.Create(CultureInfo.InvariantCulture, $"first:{elapsed} "));
        Environment.Exit(0);
        return new Sample(elapsed);
    }

    private sealed class Echo : UntypedActor
    {
        protected override void OnReceive(object message) => Sender.Tell(message);
    }
}
