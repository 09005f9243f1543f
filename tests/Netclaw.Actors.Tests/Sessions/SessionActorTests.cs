using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Sessions;

/// <summary>Sessions under their supervisor, with real keys and proofs; time stands still unless it is moved.</summary>
public sealed class SessionActorTests : TestKit
{
    private readonly TestClock _clock = new();
    private readonly TestProbe _registry;
    private readonly TestProbe _handlers;
    private readonly TestDevice _device = new();
    private readonly SessionHouse _house;

    public SessionActorTests() : base(TestConfigs.TestSchedulerConfig)
    {
        _clock.Attach(Sys);
        _registry = CreateTestProbe("registry");
        _handlers = CreateTestProbe("handlers");
        _house = new SessionHouse(Sys, _clock, _registry.Ref, _handlers.Ref);
        _house.Know(_device.Paired(_clock.GetUtcNow()));
    }

    protected override void AfterAll()
    {
        _house.Dispose();
        _device.Dispose();
    }

    [Fact]
    public async Task PairedDevice_IsActiveAndAudited()
    {
        var transport = await _house.Connect(_device);
        Assert.True(transport.IsPromoted);
        var session = Assert.Single(_house.Live.ForDevice(_device.Id));
        Assert.IsType<SessionState.Active>(session.State);
        var record = Assert.Single(_house.Audit);
        Assert.Equal((AuditKind.Authentication, "ok", _device.Id.Short), (record.Kind, record.Code, record.Subject));
    }

    [Fact]
    public async Task Owner_NeedsNoDeviceOnTheControlSocket()
    {
        var transport = new TestTransport(_clock);
        await _house.Open(transport, _house.FromTheOwner());
        var answer = await transport.Call(ConnectParams.Method, SessionSamples.Parse("""{"minProtocol":4,"maxProtocol":4,"client":{"id":"cli","version":"1","platform":"linux"}}"""));
        Assert.True(answer.Ok, answer.Error?.Message);
        Assert.Equal("control-socket", answer.Payload!.Value.GetProperty("auth").GetProperty("method").GetString());
    }

    [Fact]
    public async Task UnknownDevice_IsRefusedAndClosed()
    {
        using var stranger = new TestDevice();
        var transport = new TestTransport(_clock);
        var challenge = await _house.Open(transport);
        var answer = await transport.Call(ConnectParams.Method, stranger.Hello(challenge, _clock.GetUtcNow()));
        Assert.Equal("pairing_required", answer.Error!.Code);
        Assert.Equal(1008, (await transport.Closed).Code);
        await Gone();
    }

    [Fact]
    public async Task ProofOfAnotherConnection_IsRefused()
    {
        var transport = new TestTransport(_clock);
        await _house.Open(transport);
        var answer = await transport.Call(ConnectParams.Method, _device.Hello(_house.NewChallenge(), _clock.GetUtcNow()));
        Assert.Equal("device_nonce_mismatch", answer.Error!.Code);
    }

    [Fact]
    public async Task BeforeTheJournalIsRead_ClientsAreToldToRetry()
    {
        _house.View.Swap(null!);
        var transport = new TestTransport(_clock);
        var challenge = await _house.Open(transport);
        var answer = await transport.Call(ConnectParams.Method, _device.Hello(challenge, _clock.GetUtcNow()));
        Assert.Equal("gateway_starting", answer.Error!.Code);
        Assert.True(answer.Error.Retryable);
        Assert.Equal(1013, (await transport.Closed).Code);
    }

    [Fact]
    public async Task SilentClient_IsClosedAtItsDeadline()
    {
        var transport = new TestTransport(_clock);
        await _house.Open(transport);
        _clock.Advance(Limits.Handshake - TimeSpan.FromMilliseconds(1));
        await AwaitAssertAsync(() => Assert.Equal(1, _house.Live.Count));
        _clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("handshake_timeout", (await transport.Closed).Error.Code);
        await Gone();
    }

    [Fact]
    public async Task TransportThatDoesNotClose_IsCut()
    {
        var transport = new TestTransport(_clock) { ClosesWhenTold = false };
        await _house.Open(transport);
        await AwaitAssertAsync(() => Assert.Equal(1, _house.Live.Count));
        _clock.Advance(Limits.Handshake);
        await transport.Closed;
        await AwaitAssertAsync(() => Assert.IsType<SessionState.Closed>(Assert.Single(_house.Live.All).State));
        Assert.False(transport.IsAborted);
        _clock.Advance(SessionMachine.CloseGrace);
        await transport.Aborted;
        await Gone();
    }

    [Fact]
    public async Task DefectInOneSession_EndsThatSessionAlone()
    {
        using var other = new TestDevice();
        _house.Know(_device.Paired(_clock.GetUtcNow()), other.Paired(_clock.GetUtcNow()));
        var healthy = await _house.Connect(other);
        var broken = new TestTransport(_clock) { Defect = new InvalidOperationException("a defect in the test's transport") };
        await _house.Open(broken);
        _ = broken.Call(ConnectParams.Method, SessionSamples.Parse("{}"));
        var (code, error) = await broken.Closed;
        Assert.Equal((1011, "internal_error"), (code, error.Code));
        await AwaitAssertAsync(() => Assert.Single(_house.Live.All));

        var answer = healthy.Call(StatusResult.Method);
        var call = await _handlers.ExpectMsgAsync<MethodCall>(TimeSpan.FromSeconds(10));
        _handlers.Sender.Tell(new MethodResult(call.CallId, CallResponse.Success(SessionSamples.Parse("{}"))));
        Assert.True((await answer).Ok);
    }

    [Fact]
    public async Task Calls_CarryWhoAsks()
    {
        var transport = await _house.Connect(_device);
        _ = transport.Call(StatusResult.Method);
        var call = await _handlers.ExpectMsgAsync<MethodCall>(TimeSpan.FromSeconds(10));
        Assert.Equal(_device.Id, call.Principal.Device);
        Assert.Equal(AuthMethod.DeviceKey, call.Principal.Method);
        transport.Gone("client");
        await _handlers.FishForMessageAsync(message => message is MethodCancelled { CallId: var id } && id == call.CallId, TimeSpan.FromSeconds(10));
        await Gone();
    }

    [Fact]
    public async Task Ticks_ReachActiveSessionsEveryThirtySeconds()
    {
        var active = await _house.Connect(_device);
        _clock.Advance(Limits.TickInterval);
        var tick = await active.Event(TickEvent.EventName);
        Assert.Equal(_clock.GetUtcNow().ToUnixTimeMilliseconds(), tick.GetProperty("ts").GetInt64());
    }

    [Fact]
    public async Task Drain_WaitsForOpenCallsAndRefusesNewSessions()
    {
        var transport = await _house.Connect(_device);
        var answer = transport.Call(StatusResult.Method);
        var call = await _handlers.ExpectMsgAsync<MethodCall>(TimeSpan.FromSeconds(10));
        var session = _handlers.Sender;
        var drained = _house.Supervisor.Ask<SessionsDrained>(new DrainSessions("gateway stopping", _clock.GetUtcNow().AddSeconds(10)), TimeSpan.FromSeconds(10));
        Assert.Equal("gateway stopping", (await transport.Event(ShutdownEvent.EventName)).GetProperty("reason").GetString());

        var late = new TestTransport(_clock);
        var refused = await _house.Supervisor.Ask<SessionRefused>(
            new OpenSession(SessionId.New(), _house.FromAfar(), late, _house.NewChallenge(), _clock.GetUtcNow().AddSeconds(15)), TimeSpan.FromSeconds(10));
        Assert.Equal(RefusalCode.GatewayStopping, refused.Code);
        Assert.Equal(1012, (await late.Closed).Code);
        Assert.False(drained.IsCompleted);

        session.Tell(new MethodResult(call.CallId, CallResponse.Success(SessionSamples.Parse("{}"))));
        Assert.True((await answer).Ok);
        Assert.Equal(1012, (await transport.Closed).Code);
        Assert.Equal(1, (await drained).Sessions);
    }

    [Fact]
    public async Task Drain_EndsAtItsDeadlineWithCallsOpen()
    {
        var transport = await _house.Connect(_device);
        var answer = transport.Call(StatusResult.Method);
        await _handlers.ExpectMsgAsync<MethodCall>(TimeSpan.FromSeconds(10));
        var drained = _house.Supervisor.Ask<SessionsDrained>(new DrainSessions("gateway stopping", _clock.GetUtcNow().AddSeconds(10)), TimeSpan.FromMinutes(1));
        await transport.Event(ShutdownEvent.EventName);
        await AwaitAssertAsync(() => Assert.IsType<SessionState.Draining>(Assert.Single(_house.Live.All).State));
        _clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("gateway_stopping", (await answer).Error!.Code);
        await drained;
    }

    [Fact]
    public async Task Drain_OfNobody_IsDoneAtOnce() => Assert.Equal(
        0, (await _house.Supervisor.Ask<SessionsDrained>(new DrainSessions("x", _clock.GetUtcNow()), TimeSpan.FromSeconds(10))).Sessions);

    private Task Gone() => AwaitAssertAsync(() =>
    {
        Assert.Equal(0, _house.Live.Count);
        Assert.Empty(_house.Live.ForDevice(_device.Id));
    });
}
