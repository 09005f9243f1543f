using System.Collections.Immutable;
using System.Net;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Trust.Secrets;

public sealed class CredentialCheckerTests : IDisposable, IAssertionVerifier
{
    private const string Right = "the-right-secret-0123456789-ABCDEF";
    private const string Wrong = "a-wrong-secret-0123456789-ABCDEF";

    private readonly TestClock _clock = new();
    private readonly SigningKey _gateway = SigningKey.Generate();
    private readonly TestDevice _device = new();
    private readonly RegistryView _view = new();
    private readonly CredentialLimiter _limiter = new(new CredentialLimits { MaxAttempts = 2 });
    private readonly SpawnCredentials _spawned;
    private int _verified;

    public CredentialCheckerTests()
    {
        _spawned = new SpawnCredentials(_clock, new LiveSessions());
        _view.Swap(RegistrySnapshot.Empty);
    }

    public void Dispose()
    {
        _gateway.Dispose();
        _device.Dispose();
    }

    [Theory]
    [InlineData(AuthMode.Token)]
    [InlineData(AuthMode.Password)]
    [InlineData(AuthMode.TrustedProxy)]
    [InlineData(AuthMode.None)]
    public async Task LooksOnlyAtTheSecretOfTheMode(AuthMode mode)
    {
        for (var i = 0; i < 5; i++)
        {
            var checkedOnce = await CheckAsync(mode, Hello(new ConnectAuth
            {
                Token = new Secret(mode == AuthMode.Token ? Right : Wrong), Password = new Secret(mode == AuthMode.Password ? Right : Wrong),
            }));
            Assert.Equal(mode == AuthMode.Token ? SecretVerdict.Valid : SecretVerdict.Absent, checkedOnce.Token);
            Assert.Equal(mode == AuthMode.Password ? SecretVerdict.Valid : SecretVerdict.Absent, checkedOnce.Password);
            Assert.Equal(mode is AuthMode.Token or AuthMode.Password ? 1 : 0, checkedOnce.SecretGeneration);
        }

        Assert.Equal(0, _limiter.Count);
    }

    [Fact]
    public async Task SaysWhenToTryAgain_AndNamesNoGeneration_WhenLimited()
    {
        Assert.Equal(SecretVerdict.Wrong, (await CheckAsync(AuthMode.Token, Token(Wrong))).Token);
        Assert.Equal(SecretVerdict.Wrong, (await CheckAsync(AuthMode.Token, Token(Wrong))).Token);
        var limited = await CheckAsync(AuthMode.Token, Token(Right));

        Assert.Equal((SecretVerdict.Limited, TimeSpan.FromMinutes(5), 0L), (limited.Token, limited.RetryAfter!.Value, limited.SecretGeneration));
        _clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(SecretVerdict.Valid, (await CheckAsync(AuthMode.Token, Token(Right))).Token);
    }

    [Fact]
    public async Task CountsByTheClientBehindTheProxy_WhereItIsKnown()
    {
        var behind = From("10.0.0.7") with { Client = IPAddress.Parse("203.0.113.1") };
        await CheckAsync(AuthMode.Token, Token(Wrong), behind);
        await CheckAsync(AuthMode.Token, Token(Wrong), behind);

        Assert.Equal(SecretVerdict.Limited, (await CheckAsync(AuthMode.Token, Token(Right), behind)).Token);
        Assert.Equal(SecretVerdict.Valid, (await CheckAsync(AuthMode.Token, Token(Right), behind with { Client = IPAddress.Parse("203.0.113.2") })).Token);
        Assert.Equal(SecretVerdict.Valid, (await CheckAsync(AuthMode.Token, Token(Right), From("10.0.0.7"))).Token);
    }

    [Fact]
    public async Task NothingIsRight_WhileTheSecretCannotBeRead_AndNothingIsCounted()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(SecretVerdict.Unavailable, (await CheckAsync(AuthMode.Token, Token(Right), secret: new NoSharedSecret())).Token);
        }

        Assert.Equal(0, _limiter.Count);
    }

    [Fact]
    public async Task AsksUnixSockets_ForTheSpawnCredentialAlone()
    {
        var mint = Assert.IsType<SpawnMint.Minted>(_spawned.Mint(new SpawnRequest(
            RunId.New(), new Principal(AuthMethod.ControlSocket, Role.Operator, ScopeSet.All, null, "owner"), ScopeSet.ReadWrite, TimeSpan.FromMinutes(1), 1000)));
        foreach (var listener in (ListenerKind[])[ListenerKind.Control, ListenerKind.Shared])
        {
            var found = await CheckAsync(
                AuthMode.Token, Hello(new ConnectAuth { Token = new Secret(Wrong), DeviceToken = new Secret(Wrong), SpawnToken = mint.Credential }),
                new ConnectionEvidence { Listener = listener, Wire = "signalr", AcceptedAt = _clock.GetUtcNow() });
            Assert.Equal((SpawnVerdict.Valid, SecretVerdict.Absent, SecretVerdict.Absent), (found.Spawn, found.Token, found.DeviceToken));
        }

        Assert.Equal(0, _limiter.Count);
    }

    [Fact]
    public async Task ADevicesToken_NeedsTheDevicesKey_AndItsRole()
    {
        var token = new Secret("a-device-token");
        Know(new DeviceToken(Role.Operator, DeviceTokens.HashOf(token), ScopeSet.ReadWrite, _clock.GetUtcNow()));
        using var stranger = new TestDevice();

        var right = await CheckAsync(AuthMode.Token, Signed(_device, token));
        Assert.Equal((SecretVerdict.Valid, _device.Id), (right.DeviceToken, right.DeviceGrant!.Device));
        Assert.Equal(SecretVerdict.Wrong, (await CheckAsync(AuthMode.Token, Signed(stranger, token))).DeviceToken);
        Assert.Equal(SecretVerdict.Wrong, (await CheckAsync(AuthMode.Token, Hello(new ConnectAuth { DeviceToken = token }))).DeviceToken);
        Know(new DeviceToken(Role.Node, DeviceTokens.HashOf(token), ScopeSet.Empty, _clock.GetUtcNow()));
        var otherRole = await CheckAsync(AuthMode.Token, Signed(_device, token));
        Assert.Equal((SecretVerdict.Wrong, (DeviceTokenGrant?)null), (otherRole.DeviceToken, otherRole.DeviceGrant));
    }

    [Fact]
    public async Task GuessesAtADevicesToken_CountForThatDeviceAlone()
    {
        var token = new Secret("a-device-token");
        using var neighbour = new TestDevice();
        Know(new DeviceToken(Role.Operator, DeviceTokens.HashOf(token), ScopeSet.ReadWrite, _clock.GetUtcNow()), neighbour);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal(SecretVerdict.Wrong, (await CheckAsync(AuthMode.Token, Signed(neighbour, new Secret("a-guess")))).DeviceToken);
        }

        Assert.Equal(SecretVerdict.Limited, (await CheckAsync(AuthMode.Token, Signed(neighbour, new Secret("a-guess")))).DeviceToken);
        Assert.Equal(SecretVerdict.Valid, (await CheckAsync(AuthMode.Token, Signed(_device, token))).DeviceToken);
    }

    [Fact]
    public async Task AStaleSecret_BesideAKnownDevicesProof_IsNoGuess()
    {
        Know(null);
        for (var i = 0; i < 5; i++)
        {
            var found = await CheckAsync(AuthMode.Token, Signed(_device, auth: new ConnectAuth { Token = new Secret(Wrong) }));
            Assert.Equal((ProofVerdict.Valid, SecretVerdict.Absent), (found.Proof, found.Token));
        }

        Assert.Equal(0, _limiter.Count);
    }

    [Fact]
    public async Task VerifiesTheAssertion_OnlyWhereOneIsAskedFor_AndOnlyOne()
    {
        var evidence = From("10.0.0.7") with { Assertion = HeaderReading.Of("signed") };
        Assert.Equal((AssertionVerdict.Valid, "alice"), Asserted(await CheckAsync(AuthMode.TrustedProxy, Hello(null), evidence)));
        Assert.Equal(1, _verified);

        Assert.Equal((AssertionVerdict.Absent, null), Asserted(await CheckAsync(AuthMode.TrustedProxy, Hello(null), evidence with { Assertion = new HeaderReading(HeaderState.Ambiguous) })));
        Assert.Equal((AssertionVerdict.Absent, null), Asserted(await CheckAsync(AuthMode.Token, Hello(null), evidence)));
        Assert.Equal(1, _verified);
    }

    ValueTask<AssertionOutcome> IAssertionVerifier.VerifyAsync(string assertion)
    {
        _verified++;
        return ValueTask.FromResult(new AssertionOutcome(AssertionVerdict.Valid, "alice"));
    }

    private static (AssertionVerdict, string?) Asserted(Credentials found) => (found.Assertion, found.AssertedUser);

    private static ConnectParams Hello(ConnectAuth? auth) => new() { Client = new ClientInfo { Id = "test", Version = "1", Platform = "linux" }, Auth = auth };

    private static ConnectParams Token(string token) => Hello(new ConnectAuth { Token = new Secret(token) });

    private Func<ConnectChallenge, ConnectParams> Signed(TestDevice device, Secret? token = null, ConnectAuth? auth = null) => challenge =>
        System.Text.Json.JsonSerializer.Deserialize(device.Hello(challenge, _clock.GetUtcNow()), ProtocolJson.Default.ConnectParams)! with { Auth = auth ?? new ConnectAuth { DeviceToken = token } };

    private void Know(DeviceToken? token, TestDevice? other = null)
    {
        var paired = _device.Paired(_clock.GetUtcNow()) with { Tokens = token is null ? [] : [token] };
        Device[] devices = other is null ? [paired] : [paired, other.Paired(_clock.GetUtcNow())];
        _view.Swap(RegistrySnapshot.Empty with { Devices = devices.ToImmutableDictionary(device => device.Id) });
    }

    private ConnectionEvidence From(string address) => new()
    {
        Listener = ListenerKind.Tcp, Wire = "signalr", Remote = new IPEndPoint(IPAddress.Parse(address), 5), AcceptedAt = _clock.GetUtcNow(),
    };

    private ValueTask<Credentials> CheckAsync(AuthMode mode, ConnectParams hello, ConnectionEvidence? evidence = null, ISharedSecret? secret = null) =>
        CheckAsync(mode, _ => hello, evidence, secret);

    private ValueTask<Credentials> CheckAsync(AuthMode mode, Func<ConnectChallenge, ConnectParams> hello, ConnectionEvidence? evidence = null, ISharedSecret? secret = null)
    {
        var challenge = new ConnectChallenge(Nonce.New(), _clock.GetUtcNow().ToUnixTimeMilliseconds(), _gateway.Public, "gate", Nonce.New(), "");
        var options = new TrustOptions
        {
            OwnerUserId = 1000, Auth = mode,
            TrustedProxy = new TrustedProxyOptions { Assertion = new AssertionOptions { Header = "x-a", Issuer = "i", Audience = "a", KeySet = "k" } },
        };
        var checker = new CredentialChecker(options, secret ?? new FixedSecret(SecretDigest.Of(new Secret(Right))), _limiter, _spawned, _view, this, _clock);
        return checker.CheckAsync(new CredentialOffer(hello(challenge), challenge, evidence ?? From("203.0.113.9"), _clock.GetUtcNow()));
    }
}
