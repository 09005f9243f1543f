using Netclaw.Actors.Devices;
using Netclaw.Actors.Importing;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Secrets;

/// <summary>
/// Everything a client offered, looked at once, and only what can count: 1 the device's proof, 2 the spawn credential, and over TCP 3 the shared
/// secret of the auth mode in force, 4 the token of the proven device, 5 the proxy's assertion; and 6 the token of an earlier gateway, 7 over TCP the token of a setup code. A token that is shown where passwords count is not
/// compared. Guessable ones pass the limiter; proofs and the 256 random bits of a spawn credential never wait for it. At once, unless the keys of an
/// assertion have to be fetched.
/// </summary>
public sealed class CredentialChecker(
    TrustOptions options, ISharedSecret secret, CredentialLimiter limiter, SpawnCredentials spawned, RegistryView registry, IAssertionVerifier assertions,
    TimeProvider time) : ICredentialChecker
{
    public ValueTask<Credentials> CheckAsync(CredentialOffer offer)
    {
        var (spawn, grant) = spawned.Verify(offer.Hello.Auth?.SpawnToken); // 2
        var proven = new Credentials
        {
            Proof = offer.Claim is { } claim ? ProtocolProof.Verify(offer.Hello, claim, offer.Challenge, offer.Now) : ProofVerifier.Verify(offer.Hello, offer.Challenge, offer.Now, options), // 1
            Kind = offer.Claim is null ? ProofKind.Native : ProofKind.Protocol,
            Spawn = spawn,
            SpawnGrant = grant,
        };
        proven = WithLegacyToken(proven, offer); // 6
        if (offer.Evidence.Listener != ListenerKind.Tcp)
        {
            return ValueTask.FromResult(proven); // the kernel names the peer; nothing else is asked for there
        }

        var credentials = WithDeviceToken(WithSharedSecret(WithTokenInPlace(WithSetupToken(proven, offer), offer), offer), offer);
        return options is { Auth: AuthMode.TrustedProxy, TrustedProxy.Assertion: not null } && offer.Evidence.Assertion is { State: HeaderState.One, Value: { } assertion }
            ? WithAssertionAsync(credentials, assertion) // 5
            : ValueTask.FromResult(credentials);
    }

    private Credentials WithSharedSecret(Credentials found, CredentialOffer offer) => options.Auth switch // 3
    {
        _ when StandsAlone(found, offer) || found.Setup == SecretVerdict.Valid || found.DeviceToken == SecretVerdict.Valid => found,
        AuthMode.Token when offer.Hello.Auth?.Token is { } token => Shared(found, token, offer, (credentials, verdict) => credentials with { Token = verdict }),
        AuthMode.Password when offer.Hello.Auth?.Password is { } password => Shared(found, password, offer, (credentials, verdict) => credentials with { Password = verdict }),
        _ => found,
    };

    private Credentials Shared(Credentials found, Secret offered, CredentialOffer offer, Func<Credentials, SecretVerdict, Credentials> with)
    {
        var reading = secret.Read();
        if (reading.Digest is not { } digest)
        {
            return with(found, SecretVerdict.Unavailable);
        }

        var answer = Judge(new LimitKey(CredentialClass.SharedSecret, AddressOf(offer.Evidence)), digest.Matches(offered));
        return with(found, answer.Verdict) with
        {
            RetryAfter = answer.RetryAfter, SecretGeneration = answer.Verdict == SecretVerdict.Valid ? reading.Generation : 0,
        };
    }

    private Credentials WithDeviceToken(Credentials found, CredentialOffer offer) // 4
    {
        if (found.DeviceToken != SecretVerdict.Absent || offer.Hello.Auth?.DeviceToken is not { } offered)
        {
            return found;
        }

        // Without the key there is no device whose token it could be, and nothing to guess at.
        if (found.Proof != ProofVerdict.Valid || offer.Hello.Device is not { } shown
            || registry.Current?.Devices.GetValueOrDefault(shown.PublicKey.DeviceId) is not { } device)
        {
            return found with { DeviceToken = SecretVerdict.Wrong };
        }

        var grant = DeviceTokens.Find(device, offer.Hello.Role, offered);
        var answer = Judge(new LimitKey(CredentialClass.DeviceToken, AddressOf(offer.Evidence), device.Id), grant is not null);
        return found with
        {
            DeviceToken = answer.Verdict,
            DeviceGrant = answer.Verdict == SecretVerdict.Valid ? grant : null,
            RetryAfter = found.RetryAfter ?? answer.RetryAfter,
        };
    }

    /// <summary>
    /// Protocol clients may put their device's token where the shared one goes. Looked for first, so that it is not counted as a wrong shared one; nobody guesses 256 bits beside a
    /// proven key.
    /// </summary>
    private Credentials WithTokenInPlace(Credentials found, CredentialOffer offer) =>
        offer is { Claim: not null, Hello: { Device: { } shown, Auth: { DeviceToken: null, Token: { } offered } } } && found.Proof == ProofVerdict.Valid
            && registry.Current?.Devices.GetValueOrDefault(shown.PublicKey.DeviceId) is { } device && DeviceTokens.Find(device, offer.Hello.Role, offered) is { } grant
            ? found with { DeviceToken = SecretVerdict.Valid, DeviceGrant = grant }
            : found;

    private Credentials WithLegacyToken(Credentials found, CredentialOffer offer) // 6
    {
        if (offer.Hello.Auth?.LegacyToken is not { } offered || StandsAlone(found, offer))
        {
            return found;
        }

        if (found.Proof != ProofVerdict.Valid || !Place.IsPrivate(offer.Evidence, options) || registry.Current is not { } known)
        {
            return found with { Legacy = LegacyVerdict.Unexamined };
        }

        // A dead token counts as a wrong one: whoever kept one must not wipe out with it what else was guessed.
        var legacy = LegacyTokens.Find(known, offered);
        var answer = Judge(new LimitKey(CredentialClass.LegacyToken, AddressOf(offer.Evidence)), legacy is { IsWaiting: true });
        var verdict = answer.Verdict switch
        {
            SecretVerdict.Limited => LegacyVerdict.Limited,
            SecretVerdict.Valid => LegacyVerdict.Valid,
            _ => legacy is null ? LegacyVerdict.Wrong : LegacyVerdict.Spent,
        };
        return found with
        {
            Legacy = verdict, LegacyDevice = verdict == LegacyVerdict.Valid ? legacy!.Id : null, LegacySpent = verdict == LegacyVerdict.Spent ? LegacyRules.Spent(legacy!) : null,
            RetryAfter = answer.RetryAfter,
        };
    }

    private Credentials WithSetupToken(Credentials found, CredentialOffer offer) // 7
    {
        if (offer.Hello.Auth?.BootstrapToken is not { } offered)
        {
            return found;
        }

        // Without a key there is nothing that it could pair, and nothing to guess at.
        if (found.Proof != ProofVerdict.Valid || registry.Current is not { } known)
        {
            return found with { Setup = SecretVerdict.Wrong };
        }

        var setup = SetupTokens.Find(known, offered);
        var right = setup is not null && !setup.IsExpired(offer.Now);
        var answer = Judge(new LimitKey(CredentialClass.SetupToken, AddressOf(offer.Evidence)), right);
        return found with
        {
            Setup = answer.Verdict, SetupCode = answer.Verdict == SecretVerdict.Valid ? setup!.Id : null,
            SetupProblem = answer.Verdict == SecretVerdict.Wrong && setup is not null ? SetupRules.Expired(setup) : null, RetryAfter = answer.RetryAfter,
        };
    }

    private async ValueTask<Credentials> WithAssertionAsync(Credentials found, string assertion)
    {
        var outcome = await assertions.VerifyAsync(assertion).ConfigureAwait(false);
        return found with { Assertion = outcome.Verdict, AssertedUser = outcome.User };
    }

    /// <summary>A device of the registry is decided on by its key: a stale secret beside it is no guess, and cannot hold up its neighbours.</summary>
    private bool StandsAlone(Credentials found, CredentialOffer offer) => found is { Proof: ProofVerdict.Valid, Kind: ProofKind.Native }
        && offer.Hello.Device is { } device && registry.Current?.Devices.ContainsKey(device.PublicKey.DeviceId) == true;

    private LimitAnswer Judge(LimitKey key, bool right) => limiter.Judge(key, right, time.GetElapsedTime(0));

    /// <summary>The client behind the proxies where it can be told, else whoever is at the other end: behind a tunnel, everybody's together.</summary>
    private static AddressKey AddressOf(ConnectionEvidence evidence) =>
        (evidence.Client ?? evidence.Remote?.Address) is { } address ? AddressKey.Of(address) : AddressKey.OfUser(evidence.Peer?.UserId);
}
