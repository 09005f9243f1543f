using System.Collections.Immutable;
using System.Diagnostics;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Daemon.Tests.Telemetry;

public sealed class HandshakeTraceTests : IDisposable
{
    private static readonly DateTimeOffset Accepted = new(2026, 5, 4, 3, 2, 1, TimeSpan.Zero);
    private static readonly ImmutableArray<TrustCheck> ThreeChecks = [new("first", _ => null), new("second", _ => null), new("third", _ => null)];

    private readonly SessionId _session = SessionId.New();
    private readonly SigningKey _key = SigningKey.Generate();
    private readonly ConnectionEvidence _evidence = new() { Listener = ListenerKind.Control, Wire = "signalr", AcceptedAt = Accepted };
    private readonly SessionState.AwaitingHello _before;

    public HandshakeTraceTests()
    {
        var facts = new SessionFacts(_session, _evidence, new GatewayIdentity(_key.Public, "test", "1"), MethodCatalogue.Default);
        _before = new SessionState.AwaitingHello(facts, null!, Accepted.AddSeconds(15));
    }

    public void Dispose() => _key.Dispose();

    [Fact]
    public void ThereIsNone_WhileNobodyListens() => Assert.Null(HandshakeTrace.Begin(_session, _evidence));

    [Fact]
    public void ThereIsNone_WhenTheSamplerDropsIt()
    {
        using var listener = new Listening(_session, ActivitySamplingResult.PropagationData);

        Assert.Null(HandshakeTrace.Begin(_session, _evidence));
    }

    [Fact]
    public void ItIsARootOfItsOwn_AndLeavesNothingCurrent()
    {
        using var listener = new Listening(_session);
        using var outer = new Activity("outer").Start();
        var trace = HandshakeTrace.Begin(_session, _evidence);
        Assert.Same(outer, Activity.Current);
        End(trace, new SessionInput.Violated(Accepted.AddSeconds(2), RefusalCode.ProtocolViolation, "x"), "protocol_violation");

        Assert.Same(outer, Activity.Current);
        var span = Assert.Single(listener.Ended);
        Assert.Null(span.ParentId);
        Assert.NotEqual(outer.TraceId, span.TraceId);
        Assert.Equal((Accepted.UtcDateTime, TimeSpan.FromSeconds(2)), (span.StartTimeUtc, span.Duration));
    }

    [Theory]
    [InlineData("protocol_violation", ActivityStatusCode.Unset)]
    [InlineData("internal_error", ActivityStatusCode.Error)]
    public void ARefusalIsNoError_AndADefectIs(string code, ActivityStatusCode status)
    {
        using var listener = new Listening(_session);
        End(HandshakeTrace.Begin(_session, _evidence), new SessionInput.Violated(Accepted, RefusalCode.ProtocolViolation, "x"), code);

        var span = Assert.Single(listener.Ended);
        Assert.Equal(("refused", code, status), (span.GetTagItem("netclaw.outcome"), span.GetTagItem("netclaw.code"), span.Status));
    }

    [Fact]
    public void AClientThatGoesAway_HasAbandonedIt()
    {
        using var listener = new Listening(_session);
        End(HandshakeTrace.Begin(_session, _evidence), new SessionInput.TransportClosed(Accepted, "gone"), "transport");

        var span = Assert.Single(listener.Ended);
        Assert.Equal(("abandoned", "abandoned"), (span.GetTagItem("netclaw.outcome"), span.GetTagItem("netclaw.code")));
    }

    [Fact]
    public void AConnectionWithoutASession_IsATraceToo()
    {
        using var listener = new Listening(_session);
        HandshakeTrace.Refuse(_session, _evidence, RefusalCode.TooManyConnections, Accepted.AddSeconds(1));

        var span = Assert.Single(listener.Ended);
        Assert.Equal(("refused", "too_many_connections"), (span.GetTagItem("netclaw.outcome"), span.GetTagItem("netclaw.code")));
    }

    [Theory]
    [InlineData(0, "first", "first True granted")]
    [InlineData(2, "third", "first True; second True; third True granted")]
    public void EveryCheckThatRanIsAnEvent_WhenOneGrants(int answered, string name, string events)
    {
        var principal = new Principal(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, name);

        Assert.Equal(events, Events(answered, new AccessDecision.Granted(principal)));
    }

    [Theory]
    [InlineData(1, "second", "first True; second False refused")]
    [InlineData(1, "scopes", "first True; second False refused scopes")]
    [InlineData(3, "end", "first True; second True; third True; end False refused")]
    [InlineData(-1, "registry", "registry False refused")]
    public void EveryCheckThatRanIsAnEvent_WhenOneRefuses(int answered, string check, string events) =>
        Assert.Equal(events, Events(answered, new AccessDecision.Refused(RefusalCode.Unauthorized, check, "seen")));

    private string Events(int answered, AccessDecision decision)
    {
        using var listener = new Listening(_session);
        var trace = HandshakeTrace.Begin(_session, _evidence)!;
        trace.Checked(ThreeChecks, answered, decision, Accepted);
        End(trace, new SessionInput.TransportClosed(Accepted, "gone"), "transport");
        return string.Join("; ", Assert.Single(listener.Ended).Events.Select(said => string.Join(' ', said.Tags.Select(tag => tag.Value))));
    }

    private void End(HandshakeTrace? trace, SessionInput input, string cause)
    {
        Assert.NotNull(trace);
        Assert.Null(trace.Saw(_before, input, new SessionState.Closed(_before.Facts, cause, null)));
    }

    /// <summary>Hears of one session's spans; other tests of this process have their own.</summary>
    private sealed class Listening : IDisposable
    {
        private readonly ActivityListener _listener;

        public Listening(SessionId session, ActivitySamplingResult sampling = ActivitySamplingResult.AllDataAndRecorded)
        {
            var id = session.ToString();
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == HandshakeWords.Source,
                Sample = (ref ActivityCreationOptions<ActivityContext> options) => Is(options.Tags, id) ? sampling : ActivitySamplingResult.None,
                ActivityStopped = span =>
                {
                    if (Is(span.TagObjects, id))
                    {
                        Ended.Add(span);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        public List<Activity> Ended { get; } = [];

        public void Dispose() => _listener.Dispose();

        private static bool Is(IEnumerable<KeyValuePair<string, object?>>? tags, string session) =>
            tags?.Any(tag => tag.Key == HandshakeWords.Session && Equals(tag.Value, session)) == true;
    }
}
