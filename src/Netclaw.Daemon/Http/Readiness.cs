using Netclaw.Actors.Devices;
using Netclaw.Actors.Journal;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Http;

/// <summary>Whether the gateway serves: its journal is recovered and can be written, its host is enrolled, and it is not going down.</summary>
public sealed class Readiness(RegistryView view, JournalHealth journal)
{
    private volatile bool _opened;
    private volatile bool _draining;

    /// <summary>starting, ready or draining.</summary>
    public string Phase => _draining ? "draining" : _opened ? "ready" : "starting";

    public bool IsReady => Reasons().Count == 0;

    /// <summary>Everything that start has to do is done.</summary>
    public void Opened() => _opened = true;

    public void Draining() => _draining = true;

    /// <summary>Why not; empty when ready.</summary>
    public IReadOnlyList<string> Reasons()
    {
        var reasons = new List<string>();
        if (_draining)
        {
            reasons.Add("draining: the gateway is going down");
        }

        if (view.Current is null)
        {
            reasons.Add("starting: the journal is being read");
        }
        else if (!_opened)
        {
            reasons.Add("starting: the host is being enrolled");
        }

        if (journal.Failure is { } failure)
        {
            reasons.Add($"journal: {failure} -> {JournalTrouble.Remedy(journal.State)}");
        }

        return reasons;
    }
}
