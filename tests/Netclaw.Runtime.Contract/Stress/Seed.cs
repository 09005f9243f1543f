using Xunit.Abstractions;

namespace Netclaw.Runtime.Contract.Stress;

/// <summary>Randomness that can be repeated: the seed is printed, and NETCLAW_STRESS_SEED sets it.</summary>
internal static class Seed
{
    public static Random Print(ITestOutputHelper output)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("NETCLAW_STRESS_SEED"), out var set) ? set : Random.Shared.Next();
        output.WriteLine($"NETCLAW_STRESS_SEED={seed}");
        return new Random(seed);
    }
}
