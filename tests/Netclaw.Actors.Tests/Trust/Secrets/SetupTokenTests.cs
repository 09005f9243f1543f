using System.Net;
using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;
using Netclaw.Testing;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>What becomes of a setup code's token before the policy is asked.</summary>
public sealed class SetupTokenTests : IDisposable
{
    private static readonly TrustOptions Options = new() { OwnerUserId = 1000 };

    private readonly TestClock _clock = new();
    private readonly SigningKey _gateway = SigningKey.Generate();
    private readonly TestDevice _device = new();
    private readonly RegistryView _view = new();
    private readonly CredentialLimiter _limiter = new(new CredentialLimits { MaxAttempts = 2 });

    public void Dispose()
    {
        _gateway.Dispose();
        _device.Dispose();
    }

    [Fact]
    public void Tokens_AreLong_AndOfEachOnlyTheHashIsKept()
    {
        var (token, kept) = SetupTokens.New();

        Assert.Equal(43, token.Reveal().Length); // 32 bytes
        Assert.True(kept.Matches(token));
        Assert.False(kept.Matches(SetupTokens.New().Token));
    }

    [Fact]
    public async Task RightToken_FindsItsCode_SpentOrNot()
    {
        var (first, second) = (Mint(), Mint());
        var token = first.Token;
        _view.Swap(_view.Current! with { Setups = _view.Current.Setups.SetItem(second.Id, _view.Current.Setups[second.Id] with { SpentBy = _device.Id }) });

        Assert.Equal((SecretVerdict.Valid, first.Id), await VerdictAsync(token));
        Assert.Equal((SecretVerdict.Valid, second.Id), await VerdictAsync(second.Token)); // whose it is, the policy asks
    }

    [Fact]
    public async Task TokenWhoseTimeIsOver_IsWrong_AndSaysSo()
    {
        var setup = Mint();
        _clock.Advance(IssuedSetup.Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(SecretVerdict.Valid, (await VerdictAsync(setup.Token)).Verdict);
        _clock.Advance(TimeSpan.FromMilliseconds(1));

        var late = await CheckAsync(setup.Token);

        Assert.Equal((SecretVerdict.Wrong, (SetupCodeId?)null), (late.Setup, late.SetupCode));
        Assert.Contains("expired", late.SetupProblem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongTokens_AreCounted_AndThenTheRightOneIsNotTakenEither()
    {
        var setup = Mint();
        Assert.Equal(SecretVerdict.Wrong, (await VerdictAsync(SetupTokens.New().Token)).Verdict);
        Assert.Equal(SecretVerdict.Wrong, (await VerdictAsync(new Secret("a-guess"))).Verdict);

        var limited = await CheckAsync(setup.Token);

        Assert.Equal((SecretVerdict.Limited, (SetupCodeId?)null), (limited.Setup, limited.SetupCode));
        Assert.NotNull(limited.RetryAfter);
    }

    [Fact]
    public async Task WithoutAProvenKey_ItIsWrong_AndNotCounted()
    {
        var setup = Mint();

        Assert.Equal((SecretVerdict.Wrong, (SetupCodeId?)null), await VerdictAsync(setup.Token, proven: false));
        Assert.Equal(0, _limiter.Count);
    }

    private (SetupCodeId Id, Secret Token) Mint()
    {
        var (token, kept) = SetupTokens.New();
        var setup = new IssuedSetup
        {
            Id = SetupCodeId.New(), Token = kept, Roles = [Role.Node], Scopes = ScopeSet.Empty, ExpiresAt = _clock.GetUtcNow() + IssuedSetup.Lifetime, MintedBy = "control:uid=1000",
        };
        var known = _view.Current ?? RegistrySnapshot.Empty;
        _view.Swap(known with { Setups = known.Setups.Add(setup.Id, setup) });
        return (setup.Id, token);
    }

    private async Task<(SecretVerdict Verdict, SetupCodeId? Id)> VerdictAsync(Secret token, bool proven = true)
    {
        var found = await CheckAsync(token, proven);
        return (found.Setup, found.SetupCode);
    }

    private async Task<Credentials> CheckAsync(Secret token, bool proven = true)
    {
        var challenge = new ConnectChallenge(Nonce.New(), _clock.GetUtcNow().ToUnixTimeMilliseconds(), _gateway.Public, "gate", Nonce.New(), "");
        var hello = JsonSerializer.Deserialize(_device.Hello(challenge, _clock.GetUtcNow()), ProtocolJson.Default.ConnectParams)! with { Auth = new ConnectAuth { BootstrapToken = token } };
        var seen = new ConnectionEvidence
        {
            Listener = ListenerKind.Tcp, Wire = "signalr", Remote = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 40_000), Place = RemotePlace.Elsewhere, Host = "gateway.example", HostAllowed = true,
            AcceptedAt = _clock.GetUtcNow(),
        };
        var checker = new CredentialChecker(Options, new NoSharedSecret(), _limiter, new SpawnCredentials(_clock, new LiveSessions()), _view, new NoAssertions(), _clock);
        return await checker.CheckAsync(new CredentialOffer(proven ? hello : hello with { Device = null }, challenge, seen, _clock.GetUtcNow()));
    }
}
