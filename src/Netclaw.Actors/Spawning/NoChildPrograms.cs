namespace Netclaw.Actors.Spawning;

/// <summary>Where the host runs none.</summary>
public sealed class NoChildPrograms : IChildPrograms
{
    public Task<ChildEnd> RunAsync(ChildStart start, CancellationToken cancellation) =>
        Task.FromResult(new ChildEnd(null, TimedOut: false, Cancelled: false, "", "", "This gateway runs no programs"));
}
