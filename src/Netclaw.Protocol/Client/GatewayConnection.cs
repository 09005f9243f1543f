using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Client;

namespace Netclaw.Protocol;

/// <summary>
/// One connection to a gateway that has proven its key. <see cref="OpenAsync"/>: 1 dial, 2 hub handshake, 3 challenge, 4 the gateway's proof and
/// the pin. Then <see cref="ConnectAsync"/> says who this is, and <see cref="CallAsync(string, JsonElement, CancellationToken)"/> works. Every refusal is a
/// <see cref="GatewayException"/>. Calls may be made from any thread.
/// </summary>
public sealed partial class GatewayConnection : IAsyncDisposable
{
    private const string CallMethod = "Call";
    private const string EventMethod = "Event";
    private const int AbnormalClosure = 1006;
    private const int NormalClosure = 1000;

    /// <summary>Spelt out: the usual end of a command must not build the table of everything that can go wrong.</summary>
    private static readonly CallError ClosedHere = new("cancelled", "This side closed the connection.", Retryable: true);

    private static readonly TimeSpan ReasonWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LastWordWait = TimeSpan.FromMilliseconds(250);
    private static readonly Type[] EventParameters = [typeof(string), typeof(JsonElement)];

    private readonly HubConnection _hub;
    private readonly HubTransport _transport;
    private readonly GatewayConnectionOptions _options;
    private readonly TaskCompletionSource<ConnectChallenge> _challenge = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<HelloOk> _welcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reason = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<Closing> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Closing? _announced;
    private volatile bool _proven;
    private volatile bool _disposing;

    private GatewayConnection(GatewayEndpoint endpoint, string clientNonce, HubTransport transport, GatewayConnectionOptions options)
    {
        Endpoint = endpoint;
        ClientNonce = clientNonce;
        _transport = transport;
        _options = options;
        _hub = HubClient.Over(transport);
        _hub.On(EventMethod, EventParameters, static (arguments, self) => ((GatewayConnection)self).Hear((string)arguments[0]!, (JsonElement)arguments[1]!), this);
        _hub.Closed += async failure =>
        {
            // The hub client tells of the end without waiting for the events before it: the reason may still be on its way to Hear.
            await Task.WhenAny(_reason.Task, Task.Delay(LastWordWait)).ConfigureAwait(false);
            _closed.TrySetResult(_announced ?? Unannounced(failure));
        };
    }

    public GatewayEndpoint Endpoint { get; }

    /// <summary>The verified challenge: key and name of the gateway, the server's nonce.</summary>
    public ConnectChallenge Challenge { get; private set; } = null!;

    public PublicKey GatewayKey => Challenge.GatewayKey;

    public GatewayId GatewayId => GatewayKey.GatewayId;

    /// <summary>This side's nonce; the gateway signed it.</summary>
    public string ClientNonce { get; }

    /// <summary>Completes, never faults, when the connection is over: with the gateway's reason, or with what this side saw of it.</summary>
    public Task<Closing> Closed => _closed.Task;

    internal Task<HelloOk> Welcome => _welcome.Task;

    internal TimeProvider Time => _options.Time;

    /// <exception cref="GatewayException">endpoint_unreachable, endpoint_not_netclaw, endpoint_tls_failed, control_socket_foreign, gateway_proof_invalid, gateway_key_changed, timed_out, or the gateway's own reason.</exception>
    public static async Task<GatewayConnection> OpenAsync(GatewayEndpoint endpoint, GatewayConnectionOptions options, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(options.OpenTimeout, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        var waitingFor = "an answer";
        GatewayConnection? connection = null;
        try
        {
            var nonce = Nonce.New();
            var socket = await GatewayDial.ConnectAsync(endpoint, nonce, either.Token).ConfigureAwait(false); // 1
            connection = new GatewayConnection(endpoint, nonce, new HubTransport(socket), options);

            waitingFor = "the hub's handshake";
            await connection.StartAsync(either.Token).ConfigureAwait(false); // 2

            waitingFor = "the gateway's challenge";
            var challenge = await connection.FirstWordAsync(either.Token).ConfigureAwait(false); // 3
            connection.Accept(challenge); // 4
            return connection;
        }
        catch (Exception e)
        {
            if (connection is not null)
            {
                await connection.DisposeAsync().ConfigureAwait(false);
            }

            if (e is not OperationCanceledException || cancellation.IsCancellationRequested)
            {
                throw;
            }

            throw deadline.IsCancellationRequested
                ? GatewayException.Of(RefusalCode.TimedOut, $"Tried {endpoint.Shown}: waited {Seconds(options.OpenTimeout)} for {waitingFor}.", cause: e)
                : GatewayException.Of(RefusalCode.EndpointUnreachable, $"Tried {endpoint.Shown}: the connection ended while waiting for {waitingFor}.", cause: e);
        }
    }

    /// <summary>Says who this is. Once per connection.</summary>
    /// <exception cref="GatewayException">The gateway's refusal; the connection is closed or closing.</exception>
    public async Task<ConnectOutcome> ConnectAsync(ConnectRequest request, CancellationToken cancellation)
    {
        var parameters = new ConnectParams
        {
            Client = request.Client, Role = request.Role, Scopes = request.Scopes, Auth = request.Auth, Pairing = request.Pairing,
            Device = request.Device is { } key ? ChallengeProof.Answer(Challenge, ClientNonce, key, request.Role, request.Scopes, Time.GetUtcNow()) : null,
        };
        var response = await CallAsync(ConnectParams.Method, JsonSerializer.SerializeToElement(parameters, ProtocolJson.Default.ConnectParams), cancellation).ConfigureAwait(false);
        if (response.Error is { } refusal)
        {
            throw new GatewayException(refusal);
        }

        var answer = response.Payload ?? default;
        var type = answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("type", out var named) ? named : default;
        if (type.ValueKind == JsonValueKind.String && type.ValueEquals(PairingOffered.TypeName))
        {
            return new ConnectOutcome.Offered(Read(ConnectParams.Method, answer, ProtocolJson.Default.PairingOffered));
        }

        return new ConnectOutcome.Welcomed(Checked(Read(ConnectParams.Method, answer, ProtocolJson.Default.HelloOk)));
    }

    /// <summary>A call by name. Answers come back as they are, refusals included.</summary>
    /// <exception cref="GatewayException">No answer came: timed_out, or why the connection ended.</exception>
    public Task<CallResponse> CallAsync(string method, JsonElement parameters, CancellationToken cancellation) => CallAsync(method, parameters, _options.CallTimeout, cancellation);

    /// <summary>As <see cref="CallAsync(string, JsonElement, CancellationToken)"/>, for a call that takes as long as its caller says.</summary>
    /// <exception cref="GatewayException">No answer came: timed_out, or why the connection ended.</exception>
    public async Task<CallResponse> CallAsync(string method, JsonElement parameters, TimeSpan within, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(within, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        try
        {
            var answer = (CallResponse?)await _hub.InvokeCoreAsync(CallMethod, typeof(CallResponse), [method, parameters], either.Token).ConfigureAwait(false);
            return answer switch
            {
                { Ok: true, Error: null } => answer,
                { Ok: false, Error: { } error } => CallResponse.Failure(ForeignText.Clean(error)),
                _ => throw Unreadable(method, null),
            };
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            throw GatewayException.Of(RefusalCode.TimedOut, $"Asked {Endpoint.Shown} for {method}: no answer within {Seconds(within)}.", cause: e);
        }
        catch (Exception e) when (e is not GatewayException && !cancellation.IsCancellationRequested)
        {
            throw await CallFailureAsync(method, e).ConfigureAwait(false);
        }
    }

    /// <summary>A call whose answer is known by type.</summary>
    /// <exception cref="GatewayException">The gateway's refusal, timed_out, or why the connection ended.</exception>
    public async Task<TResult> CallAsync<TParams, TResult>(
        string method, TParams parameters, JsonTypeInfo<TParams> parametersType, JsonTypeInfo<TResult> resultType, CancellationToken cancellation)
    {
        var response = await CallAsync(method, JsonSerializer.SerializeToElement(parameters, parametersType), cancellation).ConfigureAwait(false);
        return response.Error is { } refusal ? throw new GatewayException(refusal) : Read(method, response.Payload ?? default, resultType);
    }

    /// <summary>A call without parameters.</summary>
    /// <exception cref="GatewayException">The gateway's refusal, timed_out, or why the connection ended.</exception>
    public async Task<TResult> CallAsync<TResult>(string method, JsonTypeInfo<TResult> resultType, CancellationToken cancellation)
    {
        var response = await CallAsync(method, NoParameters, cancellation).ConfigureAwait(false);
        return response.Error is { } refusal ? throw new GatewayException(refusal) : Read(method, response.Payload ?? default, resultType);
    }

    /// <summary>Says goodbye and closes. Open calls end with <c>cancelled</c>.</summary>
    public async ValueTask DisposeAsync()
    {
        _disposing = true;
        _reason.TrySetResult();
        await _hub.DisposeAsync().ConfigureAwait(false);
        await _transport.DisposeAsync().ConfigureAwait(false);
        _closed.TrySetResult(_announced ?? Unannounced(null));
        _challenge.TrySetCanceled();
        _welcome.TrySetCanceled();
    }

    /// <summary>The welcome of a gateway that is not the one whose key was verified is a lie.</summary>
    internal HelloOk Checked(HelloOk hello) => hello.Server.GatewayId == GatewayId
        ? hello
        : throw GatewayException.Of(RefusalCode.GatewayProofInvalid,
            $"Tried {Endpoint.Shown}: it proved to be {GatewayId} and welcomes as {hello.Server.GatewayId}.");

    private static readonly JsonElement NoParameters = JsonDocument.Parse("{}").RootElement;

    private async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await _hub.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            throw e is InvalidDataException or JsonException or HubException
                ? GatewayException.Of(RefusalCode.EndpointNotNetclaw, $"Tried {Endpoint.Shown}: a WebSocket opens, but what answers on it is not a gateway's hub.", cause: e)
                : GatewayException.Of(RefusalCode.EndpointUnreachable, $"Tried {Endpoint.Shown}: the connection was closed before the conversation began.", cause: e);
        }
    }

    private async Task<ConnectChallenge> FirstWordAsync(CancellationToken cancellation)
    {
        var first = await Task.WhenAny(_challenge.Task, _closed.Task).WaitAsync(cancellation).ConfigureAwait(false);
        return first == _challenge.Task
            ? await _challenge.Task.ConfigureAwait(false)
            : throw new GatewayException((await _closed.Task.ConfigureAwait(false)).Error);
    }

    private void Accept(ConnectChallenge challenge)
    {
        ChallengeProof.Verify(Endpoint, challenge, ClientNonce, _options.PinnedKeyHash);
        Challenge = challenge with { GatewayName = ForeignText.Clean(challenge.GatewayName) };
        _proven = true;
    }

    private Task Hear(string name, JsonElement payload)
    {
        try
        {
            switch (name)
            {
                case ConnectChallenge.EventName:
                    _challenge.TrySetResult(Read(name, payload, ProtocolJson.Default.ConnectChallenge));
                    break;
                case HelloOk.WelcomeEvent when _proven:
                    _welcome.TrySetResult(Checked(Read(name, payload, ProtocolJson.Default.HelloOk)));
                    break;
                case Closing.EventName:
                    var closing = Read(name, payload, ProtocolJson.Default.Closing);
                    _announced ??= closing with { Error = Reason(closing.Error) };
                    _reason.TrySetResult();
                    break;
            }
        }
        catch (GatewayException e)
        {
            _challenge.TrySetException(e);
            _welcome.TrySetException(e);
        }

        _options.OnEvent?.Invoke(name, payload);
        return Task.CompletedTask;
    }
}
