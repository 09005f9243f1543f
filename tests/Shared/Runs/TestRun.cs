using System.Globalization;

namespace Netclaw.Testing;

/// <summary>How much this run tries, and from which seed. A seed of one's own goes through what another run has found.</summary>
internal static class TestRun
{
    /// <summary><c>NETCLAW_LONG=1</c>: all that there is to try, not a sample of it.</summary>
    public static bool IsLong { get; } = Environment.GetEnvironmentVariable("NETCLAW_LONG") == "1";

    /// <summary><c>NETCLAW_SEED</c>, or one that was drawn: to be printed by whoever uses it.</summary>
    public static int Seed { get; } = int.TryParse(Environment.GetEnvironmentVariable("NETCLAW_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next();
}
