using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Netclaw.Daemon.Start;

/// <summary>What this daemon's owner should know about the configuration it started with.</summary>
public sealed class StartWarnings(ImmutableArray<StartWarning> warnings, ImmutableArray<OptIn> optIns)
{
    public ImmutableArray<StartWarning> All => warnings;

    public ImmutableArray<OptIn> OptIns => optIns;

    public void Log(ILogger log)
    {
        foreach (var optIn in optIns)
        {
            StartLog.OptedIn(log, optIn.Key, optIn.Value, optIn.Opens);
        }

        foreach (var warning in warnings)
        {
            StartLog.Warned(log, warning.Id, warning.Key, warning.Message, warning.Remedy);
        }
    }
}
