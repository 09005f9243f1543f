using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>What becomes of an earlier gateway's token before the policy is asked.</summary>
public sealed class LegacyTokenTests : IDisposable
{
    private static readonly TrustOptions Options = new() { OwnerUserId = 1000 };

    private readonly TestClock _clock = new();
    private readonly SigningKey _gateway = SigningKey.Generate();
    private readonly TestDevice _device = new();
    private readonly RegistryView _view = new();
    private readonly CredentialLimiter _limiter = new(new CredentialLimits { MaxAttempts = 2 });

    public LegacyTokenTests() => _view.Swap(RegistrySnapshot.Empty with { Legacy = Shelf(Waiting(1), Waiting(2)) });

    public void Dispose()
    {
        _gateway.Dispose();
        _device.Dispose();
    }

    [Fact]
    public async Task RightToken_FindsItsDevice()
    {
        var found = await CheckAsync(LegacySamples.Token(2));

        Assert.Equal((LegacyVerdict.Valid, LegacySamples.LegacyId(2)), (found.Legacy, found.LegacyDevice));
    }

    [Fact]
    public async Task SpentToken_IsToldSo_AndNamesNoDevice()
    {
        _view.Swap(RegistrySnapshot.Empty with
        {
            Legacy = Shelf(Waiting(1) with { EnrolledAs = _device.Id, EnrolledAt = _clock.GetUtcNow() }, Waiting(2) with { RemovedAt = _clock.GetUtcNow() }),
        });

        Assert.All([await CheckAsync(LegacySamples.Token(1)), await CheckAsync(LegacySamples.Token(2))], found =>
        {
            Assert.Equal((LegacyVerdict.Spent, (LegacyDeviceId?)null), (found.Legacy, found.LegacyDevice));
            Assert.NotEmpty(found.LegacySpent!);
        });
    }

    [Fact]
    public async Task WrongTokens_AreCounted_AndThenTheRightOneIsNotLookedAtEither()
    {
        Assert.Equal(LegacyVerdict.Wrong, (await CheckAsync(LegacySamples.Token(8))).Legacy);
        Assert.Equal(LegacyVerdict.Wrong, (await CheckAsync(LegacySamples.Token(9))).Legacy);

        var limited = await CheckAsync(LegacySamples.Token(1));

        Assert.Equal((LegacyVerdict.Limited, (LegacyDeviceId?)null), (limited.Legacy, limited.LegacyDevice));
        Assert.NotNull(limited.RetryAfter);
    }

    [Fact]
    public async Task WithoutAProof_OrWhereOthersRead_ItIsNotLookedAt_AndNotCounted()
    {
        Assert.Equal(LegacyVerdict.Unexamined, (await CheckAsync(LegacySamples.Token(1), proven: false)).Legacy);
        Assert.Equal(LegacyVerdict.Unexamined, (await CheckAsync(LegacySamples.Token(1), seen => seen with { Place = RemotePlace.Elsewhere, Remote = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1) })).Legacy);
        Assert.Equal(LegacyVerdict.Unexamined, (await CheckAsync(LegacySamples.Token(1), seen => seen with { Listener = ListenerKind.Shared, Remote = null })).Legacy);
        Assert.Equal(0, _limiter.Count);
    }

    [Fact]
    public async Task OnTheControlSocket_AndOverAttestedTls_ItIs()
    {
        Assert.Equal(LegacyVerdict.Valid, (await CheckAsync(LegacySamples.Token(1), seen => seen with { Listener = ListenerKind.Control, Remote = null })).Legacy);
        Assert.Equal(LegacyVerdict.Valid, (await CheckAsync(LegacySamples.Token(1), seen => seen with
        {
            Place = RemotePlace.Elsewhere, Remote = new IPEndPoint(IPAddress.Parse("10.0.0.9"), 1), Forwarded = true, TlsAttested = true,
        })).Legacy);
    }

    [Fact]
    public async Task DeviceThatIsPaired_ShowsItInVain()
    {
        _view.Swap(_view.Current! with { Devices = ImmutableDictionary<DeviceId, Device>.Empty.Add(_device.Id, _device.Paired(_clock.GetUtcNow())) });

        Assert.Equal(LegacyVerdict.Absent, (await CheckAsync(LegacySamples.Token(1))).Legacy);
    }

    private async Task<Credentials> CheckAsync(Secret token, Func<ConnectionEvidence, ConnectionEvidence>? change = null, bool proven = true)
    {
        var challenge = new ConnectChallenge(Nonce.New(), _clock.GetUtcNow().ToUnixTimeMilliseconds(), _gateway.Public, "gate", Nonce.New(), "");
        var hello = JsonSerializer.Deserialize(_device.Hello(challenge, _clock.GetUtcNow()), ProtocolJson.Default.ConnectParams)! with { Auth = new ConnectAuth { LegacyToken = token } };
        var seen = new ConnectionEvidence
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", Remote = new IPEndPoint(IPAddress.Loopback, 40_000), Place = RemotePlace.Loopback, Host = "127.0.0.1:5199", HostAllowed = true,
            HostIsLoopback = true, AcceptedAt = _clock.GetUtcNow(),
        };
        var checker = new CredentialChecker(Options, new NoSharedSecret(), _limiter, new SpawnCredentials(_clock, new LiveSessions()), _view, new NoAssertions(), _clock);
        return await checker.CheckAsync(new CredentialOffer(proven ? hello : hello with { Device = null }, challenge, change?.Invoke(seen) ?? seen, _clock.GetUtcNow()));
    }

    private static LegacyDevice Waiting(int number) => new()
    {
        Id = LegacySamples.LegacyId(number), Token = LegacySamples.Hash(LegacySamples.Token(number)), Name = "phone", ImportedAt = DateTimeOffset.UnixEpoch, ImportedBy = "control:uid=1000",
    };

    private static ImmutableDictionary<LegacyDeviceId, LegacyDevice> Shelf(params LegacyDevice[] devices) => devices.ToImmutableDictionary(device => device.Id);
}
