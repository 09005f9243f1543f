using Netclaw.Actors.Probing;
using Netclaw.Actors.Trust;
using Netclaw.Testing;

namespace Netclaw.Actors.Tests.Probing;

public sealed class ProxyProbesTests
{
    private static readonly ProbeSighting Seen = new(
        new ConnectionEvidence { Listener = ListenerKind.Tcp, Wire = "probe", AcceptedAt = DateTimeOffset.UnixEpoch }, "/hub/session", "HTTP/1.1", true, []);

    private readonly TestClock _clock = new();
    private readonly ProxyProbes _probes;

    public ProxyProbesTests() => _probes = new ProxyProbes(_clock);

    [Fact]
    public void Probe_TakesOneRequest_AndTellsOnce()
    {
        var id = _probes.Begin();

        Assert.True(_probes.Awaits(id));
        Assert.True(_probes.TryTake(id, out var nothing));
        Assert.Null(nothing);
        Assert.True(_probes.Record(id, Seen));
        Assert.False(_probes.Awaits(id));
        Assert.False(_probes.Record(id, Seen));
        Assert.True(_probes.TryTake(id, out var seen));
        Assert.Same(Seen, seen);
        Assert.False(_probes.TryTake(id, out _));
    }

    [Fact]
    public void Probe_IsOverAfterItsMinute()
    {
        var id = _probes.Begin();
        _clock.Advance(ProxyProbes.Lifetime + TimeSpan.FromSeconds(1));

        Assert.False(_probes.Awaits(id));
        Assert.False(_probes.Record(id, Seen));
        Assert.False(_probes.TryTake(id, out _));
    }

    [Fact]
    public void Unknown_IsNotAwaited()
    {
        _probes.Begin();

        Assert.False(_probes.Awaits(""));
        Assert.False(_probes.Record("guessed", Seen));
    }

    [Fact]
    public void TooMany_ForgetTheOldest()
    {
        var first = _probes.Begin();
        var later = Enumerable.Range(0, 8).Select(_ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return _probes.Begin();
        }).ToList();

        Assert.False(_probes.Awaits(first));
        Assert.All(later, id => Assert.True(_probes.Awaits(id)));
    }
}
