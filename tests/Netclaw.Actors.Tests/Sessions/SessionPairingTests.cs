using System.Collections.Immutable;
using System.Security.Cryptography;
using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Configs;
using Akka.TestKit.Xunit2;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Sessions;

/// <summary>Both pairing flows through the actor, with the real exchange; the test plays the registry.</summary>
public sealed class SessionPairingTests : TestKit
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly TestClock _clock = new();
    private readonly TestProbe _registry;
    private readonly TestDevice _device = new();
    private readonly SessionHouse _house;
    private readonly TestTransport _transport;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(CodeStretch.KeyBytes);
    private readonly PairingCodeId _codeId = PairingCodeId.New();

    public SessionPairingTests() : base(TestConfigs.TestSchedulerConfig)
    {
        _clock.Attach(Sys);
        _registry = CreateTestProbe("registry");
        _house = new SessionHouse(Sys, _clock, _registry.Ref);
        _transport = new TestTransport(_clock);
    }

    protected override void AfterAll()
    {
        _house.Dispose();
        _device.Dispose();
    }

    [Fact]
    public async Task Code_PairsBothSides()
    {
        var (challenge, nonce) = await Begin(Code());
        var transcript = Transcript(challenge, nonce);
        var confirm = Confirm(CodeExchange.DeviceProof(_key, transcript));
        var redeem = await _registry.ExpectMsgAsync<RegistryCommand.RedeemCode>(Patience);
        Assert.Equal((_device.Key, _codeId, ScopeSet.DeviceDefault), (redeem.Key, redeem.CodeId, redeem.Scopes));
        _registry.Sender.Tell(new RegistryReply.Paired(redeem.CommandId, _device.Paired(_house.Now)));

        var answer = await confirm;
        Assert.True(answer.Ok, answer.Error?.Message);
        var proof = answer.Payload!.Value.GetProperty("proof").GetString();
        Assert.True(CodeExchange.VerifyGatewayProof(_key, transcript, ScopeSet.DeviceDefault, proof));
        Assert.False(CodeExchange.VerifyGatewayProof(_key, transcript, ScopeSet.All, proof));
        Assert.True(_transport.IsPromoted);
        Assert.Equal([AuditKind.Authentication, AuditKind.Pairing], _house.Audit.Select(record => record.Kind));
    }

    [Fact]
    public async Task Code_ProvenWithTheWrongSecret_NeverReachesTheRegistry()
    {
        var (challenge, nonce) = await Begin(Code());
        var answer = await Confirm(CodeExchange.DeviceProof(RandomNumberGenerator.GetBytes(32), Transcript(challenge, nonce)));
        Assert.Equal("pairing_code_invalid", answer.Error!.Code);
        await _registry.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        Assert.Contains(_house.Audit, record => record.Code == "pairing_code_invalid" && record.Device == _device.Id);
    }

    /// <summary>A proof over another transcript: another device's key, another exchange, more scopes.</summary>
    [Theory]
    [InlineData("device")]
    [InlineData("exchange")]
    [InlineData("scopes")]
    [InlineData("gateway")]
    public async Task Code_ProvenOverAnotherTranscript_IsInvalid(string changed)
    {
        var (challenge, nonce) = await Begin(Code());
        using var other = SigningKey.Generate();
        var fields = Fields(challenge, nonce);
        var tampered = changed switch
        {
            "device" => fields with { DeviceKey = other.Public },
            "exchange" => fields with { ExchangeNonce = Nonce.New() },
            "scopes" => fields with { Scopes = ScopeSet.All },
            "gateway" => fields with { GatewayKey = other.Public },
            _ => throw new ArgumentOutOfRangeException(nameof(changed)),
        };
        var answer = await Confirm(CodeExchange.DeviceProof(_key, CodeExchange.Transcript(tampered)));
        Assert.Equal("pairing_code_invalid", answer.Error!.Code);
    }

    [Fact]
    public async Task Code_ThatNobodyKnows_IsAnsweredLikeAnyOther()
    {
        var (challenge, nonce) = await Begin(null);
        var answer = await Confirm(CodeExchange.DeviceProof(_key, Transcript(challenge, nonce)));
        Assert.Equal("pairing_code_invalid", answer.Error!.Code);
    }

    [Fact]
    public async Task Code_SealedForAnotherCode_DoesNotOpen()
    {
        var foreign = Code() with { SealedKey = _house.Sealer.Seal(_key, SealedCode.Purpose(PairingCodeId.New())) };
        var (challenge, nonce) = await Begin(foreign);
        Assert.Equal("pairing_code_invalid", (await Confirm(CodeExchange.DeviceProof(_key, Transcript(challenge, nonce)))).Error!.Code);
    }

    [Fact]
    public async Task Code_AbandonedByTheDevice_EndsAfterAMinute()
    {
        await Begin(Code());
        _clock.Advance(Limits.CodeExchange);
        Assert.Equal("pairing_exchange_expired", (await _transport.Closed).Error.Code);
    }

    [Fact]
    public async Task RegistryThatStops_FailsTheOpenStep()
    {
        var (challenge, nonce) = await Begin(Code());
        var confirm = Confirm(CodeExchange.DeviceProof(_key, Transcript(challenge, nonce)));
        await _registry.ExpectMsgAsync<RegistryCommand.RedeemCode>(Patience);
        Sys.Stop(_registry.Ref);
        Assert.Equal("journal_unavailable", (await confirm).Error!.Code);
        Assert.Equal(1013, (await _transport.Closed).Code);
    }

    [Fact]
    public async Task Request_Approved_WakesTheWaitingConnection()
    {
        var request = await Request();
        var session = Assert.Single(_house.Live.ForRequest(request.Id));
        session.Actor.Tell(new SessionInput.PairingResolved(_house.Now, request.Id, _device.Paired(_house.Now), null, null));
        var welcome = await _transport.Event(HelloOk.WelcomeEvent);
        Assert.Equal("device-key", welcome.GetProperty("auth").GetProperty("method").GetString());
        await AwaitAssertAsync(() => Assert.Empty(_house.Live.ForRequest(request.Id)));
    }

    /// <summary>Approved after the request was durable and before the session could wait for it: nobody tells it, so it looks.</summary>
    [Fact]
    public async Task Request_DecidedBeforeTheWait_IsSeenInTheSnapshot()
    {
        _house.Know(_device.Paired(_house.Now));
        await Request(stillPending: false);
        await _transport.Event(HelloOk.WelcomeEvent);
    }

    [Fact]
    public async Task Request_DroppedBeforeTheWait_EndsTheSession()
    {
        await Request(stillPending: false);
        Assert.Equal("pairing_request_not_found", (await _transport.Closed).Error.Code);
    }

    [Fact]
    public async Task Request_OutlivesTheHandshakeDeadline_AndEndsWithTheRequest()
    {
        await Request();
        _clock.Advance(Limits.Handshake + TimeSpan.FromSeconds(1));
        await AwaitAssertAsync(() => Assert.IsType<SessionState.RequestWaiting>(Assert.Single(_house.Live.All).State));
        _clock.Advance(PendingRequest.PendingLifetime);
        Assert.Equal("pairing_request_expired", (await _transport.Closed).Error.Code);
    }

    [Fact]
    public async Task Request_IsHeardByOperatorsWithThePairingScope()
    {
        var watcher = new TestTransport(_clock);
        await _house.Open(watcher, _house.FromTheOwner());
        await watcher.Call(ConnectParams.Method, SessionSamples.Parse("""{"minProtocol":4,"maxProtocol":4,"client":{"id":"cli","version":"1","platform":"linux"}}"""));
        var request = await Request();
        var heard = await watcher.Event(PairingEvents.Requested);
        Assert.Equal(request.Id.ToString(), heard.GetProperty("requestId").GetString());
        Assert.Equal(request.Symbols, heard.GetProperty("symbols").GetString());
    }

    private async Task<(ConnectChallenge Challenge, string ExchangeNonce)> Begin(BegunCode? code)
    {
        var challenge = await _house.Open(_transport);
        var offered = await _transport.Call(ConnectParams.Method, _device.Hello(challenge, _house.Now, new PairingIntent { Flow = PairingFlow.Code, Name = "laptop" }));
        Assert.Equal("pairing", offered.Payload!.Value.GetProperty("type").GetString());
        var begin = _transport.Call(PairBeginParams.Method, SessionSamples.Json(new PairBeginParams(_codeId), ProtocolJson.Default.PairBeginParams));
        var command = await _registry.ExpectMsgAsync<RegistryCommand.BeginCode>(Patience);
        _registry.Sender.Tell(new RegistryReply.CodeBegun(command.CommandId, code));
        await AwaitAssertAsync(() => Assert.IsType<SessionState.CodeHeld>(Assert.Single(_house.Live.All).State));
        Assert.False(begin.IsCompleted, "the answer came before its floor");
        _clock.Advance(SessionMachine.BeginFloor);
        return (challenge, (await begin).Payload!.Value.GetProperty("exchangeNonce").GetString()!);
    }

    private Task<CallResponse> Confirm(string proof) => _transport.Call(
        PairConfirmParams.Method, SessionSamples.Json(new PairConfirmParams(_codeId, proof), ProtocolJson.Default.PairConfirmParams));

    private async Task<PendingRequest> Request(bool stillPending = true)
    {
        var symbolNonce = Nonce.New();
        var challenge = await _house.Open(_transport);
        var intent = new PairingIntent { Flow = PairingFlow.Request, Name = "laptop", Commitment = CheckSymbols.Commit(symbolNonce) };
        var offered = await _transport.Call(ConnectParams.Method, _device.Hello(challenge, _house.Now, intent, scopes: stillPending ? null : ScopeSet.All));
        var answer = _transport.Call(PairRequestParams.Method, SessionSamples.Json(new PairRequestParams(symbolNonce), ProtocolJson.Default.PairRequestParams));
        var command = await _registry.ExpectMsgAsync<RegistryCommand.RequestPairing>(Patience);
        var gatewayNonce = offered.Payload!.Value.GetProperty("exchangeNonce").GetString()!;
        Assert.Equal(CheckSymbols.Compute(challenge.GatewayKey, _device.Key, gatewayNonce, symbolNonce), command.Symbols);

        var request = new PendingRequest
        {
            Id = PairingRequestId.New(), Key = _device.Key, Name = command.Name, Role = command.Role, Scopes = command.Scopes,
            ClientAddress = command.ClientAddress, Symbols = command.Symbols, FirstAt = command.Now, LastAt = command.Now,
        };
        if (stillPending)
        {
            _house.View.Swap(RegistrySnapshot.Empty with { Pending = ImmutableDictionary<PairingRequestId, PendingRequest>.Empty.Add(request.Id, request) });
        }

        _registry.Sender.Tell(new RegistryReply.Requested(command.CommandId, request));
        Assert.Equal(request.Id.ToString(), (await answer).Payload!.Value.GetProperty("requestId").GetString());
        if (stillPending)
        {
            await AwaitAssertAsync(() => Assert.Single(_house.Live.ForRequest(request.Id)));
        }

        return request;
    }

    private BegunCode Code() => new(
        _codeId, _house.Sealer.Seal(_key, SealedCode.Purpose(_codeId)), Role.Operator, ScopeSet.DeviceDefault, _house.Now.AddMinutes(5), Expired: false, SpentBy: null);

    private string Transcript(ConnectChallenge challenge, string exchangeNonce) => CodeExchange.Transcript(Fields(challenge, exchangeNonce));

    private CodeTranscript Fields(ConnectChallenge challenge, string exchangeNonce) => new(
        challenge.GatewayKey, _device.Key, _codeId, Role.Operator, ScopeSet.DeviceDefault, challenge.Nonce, challenge.ClientNonce!, exchangeNonce);
}
