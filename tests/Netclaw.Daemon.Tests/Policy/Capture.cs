using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Netclaw.Actors.Trust;
using Netclaw.Actors.Trust.Reading;
using Netclaw.Daemon.Evidence;

namespace Netclaw.Daemon.Tests.Policy;

/// <summary>Writes down what a running daemon's policy is asked, and the raw connection behind it; decides nothing.</summary>
internal sealed class Capture
{
    private readonly ConcurrentQueue<AccessQuestion> _asked = new();

    /// <summary>The last connection that was read.</summary>
    public ConnectionFacts? Facts { get; private set; }

    public void Install(IServiceCollection services)
    {
        services.AddSingleton(new TrustPolicy(Listening(TrustChecks.Control), Listening(TrustChecks.Shared), Listening(TrustChecks.Tcp)));
        services.AddSingleton<EvidenceReading>((facts, rules) =>
        {
            Facts = facts;
            return EvidenceReader.Read(facts, rules);
        });
    }

    /// <summary>What has been asked since the last time.</summary>
    public List<AccessQuestion> Take()
    {
        var taken = new List<AccessQuestion>();
        while (_asked.TryDequeue(out var asked))
        {
            taken.Add(asked);
        }

        return taken;
    }

    private ImmutableArray<TrustCheck> Listening(ImmutableArray<TrustCheck> table) => table.Insert(0, new TrustCheck("listening", asked =>
    {
        _asked.Enqueue(asked);
        return null;
    }));
}
