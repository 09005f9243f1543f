using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Sessions;

public sealed class LiveSessionsTests
{
    private readonly LiveSessions _live = new();

    [Fact]
    public void Entered_IsFoundByIdDeviceAndRequest()
    {
        var session = New();
        _live.Enter(session);
        _live.Enter(session, SessionSamples.Laptop);
        _live.Enter(session, SessionSamples.RequestId);
        Assert.True(_live.TryFind(session.Id, out var found));
        Assert.Same(session, found);
        Assert.Same(session, Assert.Single(_live.ForDevice(SessionSamples.Laptop)));
        Assert.Same(session, Assert.Single(_live.ForRequest(SessionSamples.RequestId)));
    }

    [Fact]
    public void Left_IsFoundNoMore_AndOthersStay()
    {
        var (gone, stays) = (New(), New());
        foreach (var session in (LiveSession[])[gone, stays])
        {
            _live.Enter(session);
            _live.Enter(session, SessionSamples.Laptop);
            _live.Enter(session, SessionSamples.RequestId);
        }

        _live.Leave(gone);
        Assert.Same(stays, Assert.Single(_live.All));
        Assert.Same(stays, Assert.Single(_live.ForDevice(SessionSamples.Laptop)));
        Assert.Same(stays, Assert.Single(_live.ForRequest(SessionSamples.RequestId)));
        _live.Leave(stays);
        Assert.Empty(_live.ForDevice(SessionSamples.Laptop));
        Assert.Equal(0, _live.Count);
    }

    [Fact]
    public void Counts_GoByState()
    {
        _live.Enter(New());
        _live.Enter(New(SessionSamples.Connected()));
        _live.Enter(New(SessionSamples.Connected()));
        Assert.Equal([("Active", 2), ("AwaitingHello", 1)], _live.CountByState().Select(entry => (entry.Key, entry.Value)));
    }

    /// <summary>Many threads enter and leave under one device: nobody is lost, nobody stays.</summary>
    [Fact]
    public async Task Index_SurvivesManyAtOnce()
    {
        var stays = New();
        _live.Enter(stays);
        _live.Enter(stays, SessionSamples.Laptop);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
        {
            for (var round = 0; round < 2_000; round++)
            {
                var session = New();
                _live.Enter(session);
                _live.Enter(session, SessionSamples.Laptop);
                Assert.Contains(session, _live.ForDevice(SessionSamples.Laptop));
                _live.Leave(session);
            }
        }))).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Same(stays, Assert.Single(_live.ForDevice(SessionSamples.Laptop)));
        Assert.Equal(1, _live.Count);
    }

    private static LiveSession New(SessionState? state = null)
    {
        var like = state ?? new SessionState.AwaitingHello(SessionSamples.Facts, SessionSamples.Challenge, SessionSamples.Deadline);
        var facts = SessionSamples.Facts with { Id = SessionId.New() };
        return new LiveSession(ActorRefs.Nobody, new TestTransport(TimeProvider.System), like switch
        {
            SessionState.Active active => new SessionState.Active(facts, active.Principal, active.Client, active.Calls),
            _ => new SessionState.AwaitingHello(facts, SessionSamples.Challenge, SessionSamples.Deadline),
        });
    }
}
