namespace Netclaw.Crash.Tests.Scenarios;

/// <summary>Always the same instant, so that nothing runs out between a run and its recoveries. Timers run as ever.</summary>
internal sealed class SteadyTime : TimeProvider
{
    public static readonly SteadyTime Instance = new();

    public override DateTimeOffset GetUtcNow() => new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
}
