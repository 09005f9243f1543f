using System.Text.Json;

namespace Netclaw.Protocol.Tests.Client;

/// <summary>The device's side against a gateway that follows the exchange, and against ones that do not.</summary>
public sealed class PairingClientTests : ClientTest
{
    private static readonly PairingCode Code = PairingCode.New();
    private readonly SigningKey _device = SigningKey.Generate();

    public override void Dispose()
    {
        _device.Dispose();
        base.Dispose();
    }

    private ConnectRequest Request => new() { Client = Client, Scopes = ScopeSet.DeviceDefault, Device = _device };

    [Fact]
    public async Task Code_PairsBothSides()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = new CodeSide(gateway, Code).AnswerAsync;
        await using var connection = await OpenAsync(gateway.Endpoint);
        var steps = new List<PairingStep>();

        var paired = await new PairingClient(connection, Request, "laptop", pinned: false, steps.Add).ByCodeAsync(Code, Bound);

        Assert.Equal(gateway.Key.Public, paired.GatewayKey);
        Assert.Equal(ScopeSet.ReadWrite, paired.Hello.Auth.Scopes);
        Assert.False(paired.WasPaired);
        Assert.Equal([typeof(PairingStep.CodeBegun), typeof(PairingStep.CodeProven)], steps.Select(step => step.GetType()));
    }

    [Fact]
    public async Task AWrongCode_IsTheGatewaysRefusal()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = new CodeSide(gateway, PairingCode.New(Code.Id)).AnswerAsync;
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => new PairingClient(connection, Request, "laptop", false).ByCodeAsync(Code, Bound));
        Assert.Equal(RefusalCode.PairingCodeInvalid, refused.Code);
    }

    [Theory]
    [InlineData(nameof(CodeSide.Widen))]
    [InlineData(nameof(CodeSide.Guess))]
    [InlineData(nameof(CodeSide.Reflect))]
    [InlineData(nameof(CodeSide.OtherDevice))]
    public async Task Refuses_AGatewayThatDoesNotProveTheCode(string lie)
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = new CodeSide(gateway, Code)
        {
            Widen = lie == nameof(CodeSide.Widen), Guess = lie == nameof(CodeSide.Guess),
            Reflect = lie == nameof(CodeSide.Reflect), OtherDevice = lie == nameof(CodeSide.OtherDevice),
        }.AnswerAsync;
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => new PairingClient(connection, Request, "laptop", false).ByCodeAsync(Code, Bound));
        Assert.Equal(RefusalCode.GatewayProofInvalid, refused.Code);
        Assert.Contains("Its key was not pinned", refused.Error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AWelcomeWithoutTheExchange_IsBelievedOnlyFromAPinnedGateway(bool pinned)
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = (_, _, _) => Task.FromResult(FakeGateway.Ok(gateway.Hello(ScopeSet.All, _device.Public.DeviceId), ProtocolJson.Default.HelloOk));
        foreach (var flow in new[] { PairingFlow.Code, PairingFlow.Request })
        {
            await using var connection = await OpenAsync(gateway.Endpoint, new GatewayConnectionOptions { PinnedKeyHash = pinned ? gateway.Key.Public.HashText : null });
            var client = new PairingClient(connection, Request, "laptop", pinned);
            var pairing = flow == PairingFlow.Code ? client.ByCodeAsync(Code, Bound) : client.ByRequestAsync(Bound);
            if (pinned)
            {
                Assert.True((await pairing).WasPaired);
            }
            else
            {
                Assert.Equal(RefusalCode.GatewayProofInvalid, (await Assert.ThrowsAsync<GatewayException>(() => pairing)).Code);
            }
        }
    }

    [Fact]
    public async Task Refuses_ANonceThatCouldHideASeparator()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, method, _) => Task.FromResult(method == PairBeginParams.Method
                ? FakeGateway.Ok(new PairBeginResult("a|b", 60_000), ProtocolJson.Default.PairBeginResult)
                : FakeGateway.Ok(new PairingOffered(PairingFlow.Code, ""), ProtocolJson.Default.PairingOffered)),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => new PairingClient(connection, Request, "laptop", false).ByCodeAsync(Code, Bound));
        Assert.Equal(RefusalCode.ProtocolMismatch, refused.Code);
    }

    [Fact]
    public async Task AnExchangeThatTakesTooLong_IsAbandoned()
    {
        var time = new FakeTime();
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<CallResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, method, _) =>
            {
                if (method != PairBeginParams.Method)
                {
                    return Task.FromResult(FakeGateway.Ok(new PairingOffered(PairingFlow.Code, ""), ProtocolJson.Default.PairingOffered));
                }

                begun.SetResult();
                return answer.Task;
            },
        });
        await using var connection = await OpenAsync(gateway.Endpoint, new GatewayConnectionOptions { Time = time, CallTimeout = TimeSpan.FromHours(1) });
        var pairing = new PairingClient(connection, Request, "laptop", false).ByCodeAsync(Code, Bound);
        await begun.Task.WaitAsync(Bound);
        time.Advance(Limits.CodeExchange);
        Assert.Equal(RefusalCode.PairingExchangeExpired, (await Assert.ThrowsAsync<GatewayException>(() => pairing)).Code);
        answer.SetResult(FakeGateway.No(RefusalCode.PairingExchangeExpired));
    }

    [Fact]
    public async Task Request_ShowsSymbols_WaitsAndIsWelcomed()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        var side = new RequestSide(gateway);
        gateway.Answer = side.AnswerAsync;
        await using var connection = await OpenAsync(gateway.Endpoint);
        var shown = new TaskCompletionSource<PairingStep.Requested>(TaskCreationOptions.RunContinuationsAsynchronously);

        var pairing = new PairingClient(connection, Request, "laptop", false, step => shown.SetResult((PairingStep.Requested)step)).ByRequestAsync(Bound);
        var requested = await shown.Task.WaitAsync(Bound);
        Assert.Equal(side.Symbols, requested.Symbols);
        Assert.False(pairing.IsCompleted);

        await gateway.Guests.Single().SayAsync(HelloOk.WelcomeEvent, gateway.Hello(ScopeSet.ReadWrite, _device.Public.DeviceId), ProtocolJson.Default.HelloOk);
        var paired = await pairing;
        Assert.Equal(ScopeSet.ReadWrite, paired.Hello.Auth.Scopes);
        Assert.False(paired.WasPaired);
    }

    [Theory]
    [InlineData(RefusalCode.PairingRejected)]
    [InlineData(RefusalCode.PairingRequestExpired)]
    [InlineData(RefusalCode.PairingRequestSuperseded)]
    public async Task ARequestThatEnds_EndsWithTheReason(RefusalCode code)
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = new RequestSide(gateway).AnswerAsync;
        await using var connection = await OpenAsync(gateway.Endpoint);
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pairing = new PairingClient(connection, Request, "laptop", false, _ => shown.SetResult()).ByRequestAsync(Bound);
        await shown.Task.WaitAsync(Bound);
        await gateway.Guests.Single().CloseAsync(code, "the reason");

        var refused = await Assert.ThrowsAsync<GatewayException>(() => pairing);
        Assert.Equal(code, refused.Code);
        Assert.Equal("the reason", refused.Error.Message);
    }

    [Fact]
    public async Task Refuses_OtherSymbolsThanItsOwn()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = new RequestSide(gateway) { Swap = true }.AnswerAsync;
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => new PairingClient(connection, Request, "laptop", false).ByRequestAsync(Bound));
        Assert.Equal(RefusalCode.PairingSymbolsMismatch, refused.Code);
    }

    [Fact]
    public async Task ARequestNobodyEverDecides_Expires()
    {
        var time = new FakeTime();
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = new RequestSide(gateway).AnswerAsync;
        await using var connection = await OpenAsync(gateway.Endpoint, new GatewayConnectionOptions { Time = time });
        var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pairing = new PairingClient(connection, Request, "laptop", false, _ => armed.SetResult()).ByRequestAsync(Bound);
        await armed.Task.WaitAsync(Bound);
        while (!pairing.IsCompleted)
        {
            Bound.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
        }

        Assert.Equal(RefusalCode.PairingRequestExpired, (await Assert.ThrowsAsync<GatewayException>(() => pairing)).Code);
    }

    /// <summary>The gateway's half of a code exchange, with the lies it may tell.</summary>
    private sealed class CodeSide(FakeGateway gateway, PairingCode code)
    {
        private readonly byte[] _key = CodeStretch.Stretch(code, gateway.Key.Public.GatewayId);

        /// <summary>Says more scopes in the welcome than it proved.</summary>
        public bool Widen { get; init; }

        /// <summary>Knows no code and answers anything.</summary>
        public bool Guess { get; init; }

        /// <summary>Knows no code and hands the device its own proof back.</summary>
        public bool Reflect { get; init; }

        /// <summary>Relays between this device and another one.</summary>
        public bool OtherDevice { get; init; }

        public Task<CallResponse> AnswerAsync(FakeGateway.Guest guest, string method, JsonElement parameters) => Task.FromResult(method switch
        {
            ConnectParams.Method => Offer(guest, parameters.Deserialize(ProtocolJson.Default.ConnectParams)!),
            PairBeginParams.Method => Begin(guest),
            _ => Confirm(guest, parameters.Deserialize(ProtocolJson.Default.PairConfirmParams)!),
        });

        private static CallResponse Offer(FakeGateway.Guest guest, ConnectParams connect)
        {
            Assert.Equal(new PairingIntent { Flow = PairingFlow.Code, Name = "laptop" }, connect.Pairing);
            guest.Remember(connect);
            return FakeGateway.Ok(new PairingOffered(PairingFlow.Code, ""), ProtocolJson.Default.PairingOffered);
        }

        private static CallResponse Begin(FakeGateway.Guest guest)
        {
            var begun = new PairBeginResult(Nonce.New(), 60_000);
            guest.Remember(begun);
            return FakeGateway.Ok(begun, ProtocolJson.Default.PairBeginResult);
        }

        private CallResponse Confirm(FakeGateway.Guest guest, PairConfirmParams confirm)
        {
            var connect = guest.Recall<ConnectParams>();
            var transcript = CodeExchange.Transcript(new CodeTranscript(
                gateway.Key.Public, connect.Device!.PublicKey, confirm.CodeId, connect.Role, connect.Scopes,
                guest.Challenge.Nonce, guest.Challenge.ClientNonce!, guest.Recall<PairBeginResult>().ExchangeNonce));
            if (!CodeExchange.VerifyDeviceProof(_key, transcript, confirm.Proof))
            {
                return FakeGateway.No(RefusalCode.PairingCodeInvalid);
            }

            var granted = ScopeSet.ReadWrite;
            var proven = OtherDevice ? transcript.Replace(connect.Device.PublicKey.ToString(), gateway.Key.Public.ToString(), StringComparison.Ordinal) : transcript;
            var proof = Guess ? Nonce.New() : Reflect ? confirm.Proof : CodeExchange.GatewayProof(_key, proven, granted);
            var hello = gateway.Hello(Widen ? ScopeSet.All : granted, connect.Device.Id);
            return FakeGateway.Ok(new PairConfirmResult(proof, hello), ProtocolJson.Default.PairConfirmResult);
        }
    }

    /// <summary>The gateway's half of a request, or somebody in between who swapped the gateway's key.</summary>
    private sealed class RequestSide(FakeGateway gateway)
    {
        private readonly string _nonce = Nonce.New();

        public bool Swap { get; init; }

        public string Symbols { get; private set; } = "";

        public Task<CallResponse> AnswerAsync(FakeGateway.Guest guest, string method, JsonElement parameters)
        {
            if (method == ConnectParams.Method)
            {
                guest.Remember(parameters.Deserialize(ProtocolJson.Default.ConnectParams)!);
                return Task.FromResult(FakeGateway.Ok(new PairingOffered(PairingFlow.Request, _nonce), ProtocolJson.Default.PairingOffered));
            }

            var connect = guest.Recall<ConnectParams>();
            var revealed = parameters.Deserialize(ProtocolJson.Default.PairRequestParams)!.SymbolNonce;
            Assert.True(CheckSymbols.CommitmentHolds(connect.Pairing!.Commitment, revealed));
            var key = Swap ? SigningKey.Generate().Public : gateway.Key.Public;
            Symbols = CheckSymbols.Compute(key, connect.Device!.PublicKey, _nonce, revealed);
            return Task.FromResult(FakeGateway.Ok(
                new PairRequestResult(PairingRequestId.New(), Symbols, guest.Challenge.Ts + 300_000), ProtocolJson.Default.PairRequestResult));
        }
    }
}
