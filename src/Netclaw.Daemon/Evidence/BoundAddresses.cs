using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Trust.Reading;

namespace Netclaw.Daemon.Evidence;

/// <summary>What the TCP listener bound, known once it stands, and with it what the gateway answers for.</summary>
public sealed class BoundAddresses(EvidenceRules configured)
{
    private volatile EvidenceRules _rules = configured;

    /// <summary>Set once the listeners stand.</summary>
    public void Set(IEnumerable<IPEndPoint> bound) => _rules = _rules with { Bound = [.. bound] };

    public ImmutableArray<IPEndPoint> All => _rules.Bound;

    public EvidenceRules Rules => _rules;
}
