using Netclaw.Protocol;

namespace Netclaw.Daemon.Offline;

/// <summary>What an import would bring: reads and checks the files, and nothing else. <c>netclaw</c> sends it on to a daemon that runs.</summary>
internal sealed class ImportReadVerb : IOfflineVerb
{
    public string Name => "import-read";

    public IReadOnlyList<string> Options => ["--from"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation)
    {
        if (ImportFrom.Read(call) is { } reading)
        {
            call.Say(reading, ImportFrom.Json.ImportReading);
        }

        return Task.FromResult(ExitCodes.Ok);
    }
}

/// <summary>What an import would come to on a home that nobody serves. Decides on what is there, and writes nothing of it.</summary>
internal sealed class ImportPlanVerb : IOfflineVerb
{
    public string Name => "import-plan";

    public IReadOnlyList<string> Options => ["--from"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation) => ImportFrom.RunAsync(call, dryRun: true, cancellation);
}

/// <summary>An import into a home that nobody serves, under the daemon's lock.</summary>
internal sealed class ImportApplyVerb : IOfflineVerb
{
    public string Name => "import-apply";

    public IReadOnlyList<string> Options => ["--from"];

    public Task<int> RunAsync(OfflineCall call, CancellationToken cancellation) => ImportFrom.RunAsync(call, dryRun: false, cancellation);
}
