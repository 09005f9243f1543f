using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Start;

/// <summary>What this daemon's owner should know about the configuration it started with.</summary>
public sealed class StartWarnings(ImmutableArray<StartWarning> warnings, ImmutableArray<OptIn> optIns)
{
    public ImmutableArray<StartWarning> All => warnings;

    public ImmutableArray<OptIn> OptIns => optIns;

    /// <summary>As <c>status</c> tells them.</summary>
    public StartNotices Notices { get; } = StartNotices.Of(
        [.. warnings.Select(warning => new StartNotice(warning.Id, warning.Key, warning.Message, warning.Remedy, warning.Value))],
        [.. optIns.Select(optIn => new StartNotice(StartNotice.OptIn, optIn.Key, $"{optIn.Opens}.", "Remove it from netclaw.json if it is not meant.", optIn.Value))]);

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
