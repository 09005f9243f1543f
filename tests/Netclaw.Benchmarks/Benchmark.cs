using System.Globalization;

namespace Netclaw.Benchmarks;

/// <summary>One measurement: how often something happens per second, or another number per run.</summary>
/// <param name="Name">What it is asked for by: <c>area/what</c>.</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="Once">One run: the value, and bytes allocated per operation when that is known.</param>
/// <param name="Runs">Measured runs, after as many again to warm up the JIT.</param>
internal sealed record Benchmark(string Name, string Unit, Func<Task<Sample>> Once, int Runs = 7)
{
    /// <summary>The median of the runs with the slowest and the fastest beside it.</summary>
    public async Task<string> Measure()
    {
        for (var i = 0; i < Math.Min(Runs, 4); i++)
            await Once();
        var samples = new List<Sample>();
        for (var i = 0; i < Runs; i++)
            samples.Add(await Once());
        var values = samples.Select(static each => each.Value).Order().ToArray();
        var bytes = samples.Select(static each => each.BytesPerOperation).Order().ToArray()[samples.Count / 2];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Name,-32} {values[values.Length / 2],14:N0} {Unit,-14} (from {values[0]:N0} to {values[^1]:N0}){(bytes < 0 ? "" : $", {bytes:N1} bytes each")}");
    }
}

/// <param name="Value">The measured value.</param>
/// <param name="BytesPerOperation">Allocated bytes; negative when it says nothing.</param>
internal readonly record struct Sample(double Value, double BytesPerOperation = -1);
