namespace Netclaw.Daemon.Tests.DeadEnds;

/// <summary>The real clock, put forward or back; timers run at their own pace.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan By { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + By;
}
