namespace Netclaw.Daemon.Offline;

/// <summary>One thing that netclawd does without serving anybody: one JSON object (or a stream of them) on stdout. <c>netclaw</c> shows it to people.</summary>
internal interface IOfflineVerb
{
    /// <summary>As it stands on the command line.</summary>
    string Name { get; }

    /// <summary>The options it takes beside <c>--home</c> and <c>--json</c>, each with a value.</summary>
    IReadOnlyList<string> Options => [];

    /// <summary>Whether it changes the home, and therefore must not run beside a daemon: the daemon's lock is held meanwhile.</summary>
    bool Writes => false;

    /// <summary>Whether it goes on with a full reset that was cut short, or takes its place. Another one that writes is refused until the next start has completed it.</summary>
    bool TakesOverAReset => false;

    /// <returns>The exit code. What keeps the verb from running goes to the problems of <paramref name="call"/>.</returns>
    Task<int> RunAsync(OfflineCall call, CancellationToken cancellation);
}
