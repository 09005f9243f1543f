using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;
using static Netclaw.Protocol.RefusalCode;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>
/// The tables of trust.md, written down a second time, from the page and not from the policy: the enumeration compares the two. It shares no
/// rule with the code, only the values that both read.
/// </summary>
internal sealed class Specification
{
    private readonly AccessQuestion _asked;
    private readonly ConnectionEvidence _seen;
    private readonly Credentials _offered;
    private readonly TrustOptions _options;
    private readonly TrustedProxyOptions _proxy;
    private readonly bool _operator;

    private Specification(AccessQuestion asked)
    {
        (_asked, _seen, _offered, _options, _proxy) = (asked, asked.Evidence, asked.Credentials, asked.Options, asked.Options.TrustedProxy);
        _operator = asked.Hello.Role == Role.Operator;
    }

    public static Ruling Of(AccessQuestion asked) => asked.Evidence.Listener == ListenerKind.Tcp ? new Specification(asked).Tcp() : new Specification(asked).Socket();

    // Section 1 and 5: what a place is.
    private bool Tunnel => _options.Exposure is ExposureMode.TailscaleServe or ExposureMode.TailscaleFunnel or ExposureMode.CloudflareTunnel;
    private bool Loopback => _seen.Place == RemotePlace.Loopback;
    private bool Direct => Loopback && !_seen.Forwarded && _seen.HostIsLoopback && _options.Exposure == ExposureMode.Local;
    private bool Browser => _seen.Origin is not null || _seen.CrossSite;

    private bool InternalUser => Known(_seen.RemoteUserId) is { } user && (_proxy.LoopbackUids is { } rule ? rule.Any || rule.Users.Contains(user) : user == _options.OwnerUserId);

    private bool Internal => Loopback && !_seen.Forwarded && !Browser && _seen.HostIsLoopback && InternalUser
        && (_options.Exposure == ExposureMode.Local || (_options.Exposure == ExposureMode.ReverseProxy && _proxy.AllowLoopback));

    private bool AsLoopbackUser => _options.Auth == AuthMode.TrustedProxy && _proxy.AllowLoopback && _proxy.LoopbackUser is not null && Internal
        && _seen.User.State == HeaderState.Absent && _seen.Assertion.State == HeaderState.Absent;

    private SecretVerdict Secret => _options.Auth switch { AuthMode.Token => _offered.Token, AuthMode.Password => _offered.Password, _ => SecretVerdict.Absent };

    private static uint? Known(uint? user) => user == 65534 ? null : user;

    /// <summary>Section 3.</summary>
    private Ruling Socket()
    {
        var foreignHost = _seen.Host is not (null or "" or "127.0.0.1:5199");
        var user = Known(_seen.Peer?.UserId);
        var isOwner = user == _options.OwnerUserId || user == 0;
        var isListed = _seen.Listener == ListenerKind.Shared && user is { } known
            && (_options.ControlUsers.Contains(known) || _options.ControlGroups.Any(group => group != 65534 && (_seen.Peer!.GroupId == group || _seen.Peer.Groups.Contains(group))));
        return Browser || _seen.Forwarded || foreignHost ? Ruling.No(ControlSocketBridged)
            : _offered.Spawn != SpawnVerdict.Absent ? Child(isHere: user is { } child && child == _offered.SpawnGrant?.UserId)
            : user is null ? Ruling.No(PeerCredentialsUnavailable)
            : !isOwner && !isListed ? Ruling.No(PeerUidNotAllowed)
            : _seen.Peer!.DescendsFromDaemon != false ? Ruling.No(SpawnCredentialRequired)
            : Broken() is { } code ? Ruling.No(code)
            : Legacy(isPrivate: _seen.Listener == ListenerKind.Control) is { } legacy ? legacy
            : isOwner ? Ruling.Yes(AuthMethod.ControlSocket, ScopeSet.All)
            : Ruling.Yes(AuthMethod.SharedSocket, _options.ControlScopes);
    }

    /// <summary>Section 6, in its order.</summary>
    private Ruling Tcp() =>
        !_seen.HostAllowed ? Ruling.No(HostNotAllowed)
        : _seen.Origin is not null ? (_seen.OriginAllowed ? AfterOrigin() : Ruling.No(ForeignOrigin))
        : _seen.CrossSite ? Ruling.No(ForeignOrigin)
        : AfterOrigin();

    private RefusalCode ForeignOrigin => _options.Auth == AuthMode.TrustedProxy ? TrustedProxyOriginNotAllowed : OriginNotAllowed;

    private Ruling AfterOrigin() => Broken() is { } code ? Ruling.No(code)
        : _offered.Spawn != SpawnVerdict.Absent ? Child(IsChildHere())
        : SetUp() ?? Device() ?? Legacy(Direct || _seen.TlsAttested) ?? (!_operator && _offered.Proof == ProofVerdict.Absent && (!Loopback || _seen.Forwarded || Tunnel) ? Ruling.No(DeviceIdentityRequired) : (Ruling?)null)
        ?? FinalHop() ?? Authentication() ?? Identity();

    /// <summary>Section 4: refused from remote or forwarded peers; where the kernel names a user, it is the child's; through a tunnel it has to.</summary>
    private bool IsChildHere() => !_seen.Forwarded && _seen.Place is RemotePlace.Loopback or RemotePlace.OwnInterface && !_seen.Forwarded
        && (_seen.RemoteUserId is null ? !Tunnel : _seen.RemoteUserId == _offered.SpawnGrant?.UserId);

    private Ruling Child(bool isHere) => _offered.Spawn switch
    {
        SpawnVerdict.Valid when _offered.SpawnGrant is { } grant => !isHere ? Ruling.No(SpawnCredentialNotLocal)
            : !grant.Scopes.Covers(_asked.Hello.Scopes) ? Ruling.No(MissingScope)
            : Ruling.Yes(AuthMethod.Spawn, grant.Scopes),
        SpawnVerdict.Expired => Ruling.No(SpawnCredentialExpired),
        SpawnVerdict.Revoked => Ruling.No(SpawnCredentialRevoked),
        _ => Ruling.No(SpawnCredentialInvalid),
    };

    private RefusalCode? Broken() => _offered.Proof switch
    {
        ProofVerdict.KeyInvalid => DeviceKeyInvalid,
        ProofVerdict.IdMismatch => DeviceIdMismatch,
        ProofVerdict.NonceMissing or ProofVerdict.NonceMismatch => DeviceNonceMismatch,
        ProofVerdict.Expired => DeviceSignatureExpired,
        ProofVerdict.SignatureInvalid => DeviceSignatureInvalid,
        _ => null,
    };

    private bool Proven => _offered.Proof == ProofVerdict.Valid && _asked.Hello.DeviceKey is not null;

    private Device? Registered => _asked.Registry.Devices.GetValueOrDefault(_asked.Hello.DeviceKey!.DeviceId);

    private Ruling Unpaired(RefusalCode code) => _asked.Hello.Pairing is null ? Ruling.No(code) : Ruling.Pair();

    /// <summary>Native proofs, and a protocol signature with its device token; then silent pairing, and the offer to pair.</summary>
    private Ruling? Device()
    {
        if (!Proven)
        {
            return null;
        }

        var native = _offered.Kind == ProofKind.Native;
        if (Registered is not { } device)
        {
            return Legacy(Direct || _seen.TlsAttested) ?? Silently() ?? (native && _asked.Hello.Pairing is not null ? Ruling.Pair() : null);
        }

        if (device.SuspendedAt is not null)
        {
            return Ruling.No(DeviceSuspended);
        }

        var byToken = _offered.DeviceToken == SecretVerdict.Valid && _offered.DeviceGrant?.Device == device.Id;
        return native && device.IsRevoked ? Unpaired(DeviceRevoked)
            : native && device.Kind == DeviceKind.Host ? HostKey(device)
            : native ? Paired(device, device.Scopes, AuthMethod.DeviceKey)
            : !byToken ? null
            : device.IsRevoked ? Unpaired(DeviceRevoked)
            : device.Kind == DeviceKind.Host || _offered.DeviceGrant!.Role != _asked.Hello.Role ? Ruling.No(DeviceTokenInvalid)
            : Paired(device, new ScopeSet(_offered.DeviceGrant.Scopes.Expanded.Flags & device.Scopes.Expanded.Flags), AuthMethod.DeviceToken);
    }

    /// <summary>gateway-protocol.md section 8: single use, bound to the first device key that presents it; a paired device that shows a dead one is what it is.</summary>
    private Ruling? SetUp()
    {
        if (_offered.Setup == SecretVerdict.Absent || (Proven && Registered is { SuspendedAt: not null }))
        {
            return null;
        }

        var setup = _offered.SetupCode is { } id ? _asked.Registry.Setups.GetValueOrDefault(id) : null;
        return !Proven ? Ruling.No(SetupCodeInvalid)
            : _offered.Setup == SecretVerdict.Valid && setup is not null ? ByCode(setup, Registered)
            : Registered is not null && Device() is { Outcome: Outcome.Granted } standing ? standing
            : Ruling.No(_offered.Setup == SecretVerdict.Limited ? AuthRateLimited : SetupCodeInvalid);
    }

    private Ruling ByCode(IssuedSetup setup, Device? device)
    {
        if (setup.SpentBy is { } spender && spender != _asked.Hello.DeviceKey!.DeviceId)
        {
            return Ruling.No(SetupCodeInvalid);
        }

        if (device is { Kind: DeviceKind.Host, IsRevoked: false })
        {
            return Ruling.No(HostCredentialNotLocal);
        }

        if (!setup.Roles.Contains(_asked.Hello.Role) || !setup.Scopes.Covers(_asked.Hello.Scopes))
        {
            return Ruling.No(setup.Roles.Contains(_asked.Hello.Role) ? MissingScope : RoleNotAllowed);
        }

        if (setup.SpentBy is null)
        {
            return Ruling.Redeem(_operator ? setup.Scopes : ScopeSet.Empty);
        }

        var most = device is null ? ScopeSet.Empty : new ScopeSet(device.Scopes.Expanded.Flags & setup.Scopes.Expanded.Flags);
        return device is null or { IsRevoked: true } ? Ruling.No(DeviceRevoked)
            : Exceeds(device, most) is { } code ? Ruling.No(code)
            : Ruling.Yes(AuthMethod.BootstrapToken, most, isDevice: true);
    }

    /// <summary>recovery.md: once, and only over the control socket, direct loopback or TLS attested by a trusted hop; the key that it enrols comes beside it.</summary>
    private Ruling? Legacy(bool isPrivate) => _offered.Legacy == LegacyVerdict.Absent ? null
        : !isPrivate ? Ruling.No(LegacyTokenNotPrivate)
        : !Proven || _offered.Kind != ProofKind.Native ? Ruling.No(LegacyTokenNeedsKey)
        : !_operator ? Ruling.No(RoleNotAllowed)
        : !ScopeSet.DeviceDefault.Covers(_asked.Hello.Scopes) ? Ruling.No(MissingScope)
        : _offered.Legacy switch
        {
            LegacyVerdict.Valid when _offered.LegacyDevice is not null => Ruling.Enrol(),
            LegacyVerdict.Spent => Ruling.No(LegacyTokenSpent),
            LegacyVerdict.Limited => Ruling.No(AuthRateLimited),
            _ => Ruling.No(LegacyTokenInvalid),
        };

    private Ruling HostKey(Device host) => _seen.Forwarded || _seen.Place is not (RemotePlace.Loopback or RemotePlace.OwnInterface) ? Ruling.No(HostCredentialNotLocal)
        : Exceeds(host, host.Scopes) is { } code ? Ruling.No(code)
        : Ruling.Yes(AuthMethod.HostKey, host.Scopes, isDevice: true);

    private Ruling Paired(Device device, ScopeSet most, AuthMethod method) => Exceeds(device, most) is { } code ? Unpaired(code) : Ruling.Yes(method, most, isDevice: true);

    private RefusalCode? Exceeds(Device device, ScopeSet most) => !device.Roles.Contains(_asked.Hello.Role) ? RoleNotAllowed : most.Covers(_asked.Hello.Scopes) ? null : MissingScope;

    private Ruling? Silently() =>
        _asked.Hello.Pairing is not null || !_options.AutoApproveLocal || _asked.Registry.LocalPairingSuspended ? null
        : _operator
            ? Direct && !Browser && (Secret == SecretVerdict.Valid || (_offered.Kind == ProofKind.Native && Known(_seen.RemoteUserId) == _options.OwnerUserId)) ? Ruling.Silently(_options.LocalPairingScopes) : null
            : InternalNode ? Ruling.Silently(ScopeSet.Empty) : null;

    /// <summary>Section 6's row: authentication ok is none, token, password, or trusted-proxy as <c>loopbackUser</c>.</summary>
    private bool InternalNode => Internal && _options.Auth switch
    {
        AuthMode.None => Direct,
        AuthMode.TrustedProxy => AsLoopbackUser && Admitted(_proxy.LoopbackUser!),
        _ => Secret == SecretVerdict.Valid,
    };

    private bool Admitted(string user) => _proxy.AllowUsers.Length == 0 || _proxy.AllowUsers.Contains(user);

    /// <summary>Section 2's table and section 5, steps 1 to 4.</summary>
    private Ruling? FinalHop()
    {
        var byProxy = _options.Auth == AuthMode.TrustedProxy;
        if (byProxy && _proxy.UserHeader is null && _proxy.Assertion is null)
        {
            return Ruling.No(TrustedProxyConfigMissing);
        }

        if (_options.TrustedProxies.IsEmpty && (_options.Exposure == ExposureMode.ReverseProxy || (byProxy && _options.Exposure == ExposureMode.Local && !_proxy.AllowLoopback)))
        {
            return Ruling.No(TrustedProxyNoProxiesConfigured);
        }

        if (Tunnel)
        {
            return !Loopback ? Ruling.No(TrustedProxyUntrustedSource)
                : byProxy && _proxy.Assertion is null && !_proxy.ProxyUids.Any && _proxy.ProxyUids.Users.Length == 0 ? Ruling.No(TrustedProxyLoopbackSource)
                : null;
        }

        return _options.Exposure == ExposureMode.Local && !byProxy ? null
            : Loopback ? (_proxy.AllowLoopback ? null : Ruling.No(TrustedProxyLoopbackSource))
            : _seen.Listing == ProxyListing.NotListed ? Ruling.No(TrustedProxyUntrustedSource)
            : _seen.Listing == ProxyListing.Single ? null
            : _seen.Place == RemotePlace.OwnInterface ? Ruling.No(TrustedProxyLocalInterfaceSource)
            : _seen.Place == RemotePlace.Unlisted ? Ruling.No(TrustedProxyLocalInterfaceCheckFailed)
            : null;
    }

    private Ruling? Authentication() => _options.Auth switch
    {
        AuthMode.None => Direct ? null : Ruling.No(Proven && _offered.Kind == ProofKind.Native ? PairingRequired : Unauthorized),
        AuthMode.TrustedProxy => AsLoopbackUser ? null : ProxyUserRules.Failure(_asked) is { } code ? Ruling.No(code) : null,
        _ => Secret switch
        {
            SecretVerdict.Valid => null,
            SecretVerdict.Wrong => Ruling.No(Unauthorized),
            SecretVerdict.Limited => Ruling.No(AuthRateLimited),
            SecretVerdict.Unavailable => Ruling.No(AuthSecretUnavailable),
            _ => Ruling.No(Proven && _offered.Kind == ProofKind.Native ? PairingRequired : NoSecret()),
        },
    };

    private RefusalCode NoSecret() => _offered.DeviceToken == SecretVerdict.Absent ? Unauthorized : NoDeviceToken();

    private RefusalCode NoDeviceToken() => _offered.DeviceToken switch
    {
        SecretVerdict.Limited => AuthRateLimited,
        SecretVerdict.Unavailable => AuthSecretUnavailable,
        _ => DeviceTokenInvalid,
    };

    /// <summary>Device identity, pairing, scopes, for whoever is authenticated.</summary>
    private Ruling Identity()
    {
        var user = AsLoopbackUser ? _proxy.LoopbackUser! : _proxy.Assertion is null ? _seen.User.Value! : _offered.AssertedUser!;
        if (_options.Auth == AuthMode.TrustedProxy && !Admitted(user))
        {
            return Ruling.No(TrustedProxyUserNotAllowed);
        }

        var method = _options.Auth switch { AuthMode.Token => AuthMethod.Token, AuthMode.Password => AuthMethod.Password, AuthMode.None => AuthMethod.None, _ => AsLoopbackUser ? AuthMethod.LoopbackUser : AuthMethod.TrustedProxy };
        if (Proven)
        {
            return Registered switch
            {
                null => Unpaired(PairingRequired),
                { IsRevoked: true } => Unpaired(DeviceRevoked),
                { Kind: DeviceKind.Host } => Ruling.No(HostCredentialNotLocal),
                _ when Secret != SecretVerdict.Valid && (_operator || !InternalNode) => Unpaired(NoDeviceToken()),
                var device => Paired(device, device.Scopes, method),
            };
        }

        return _operator ? Ruling.Yes(method, Most(user))
            : InternalNode ? Ruling.Yes(method, ScopeSet.Empty, isInternal: true)
            : Ruling.No(DeviceIdentityRequired);
    }

    private ScopeSet Most(string user) => _options.Auth switch
    {
        AuthMode.None => ScopeSet.ReadWrite,
        AuthMode.TrustedProxy => ProxyUserRules.Most(_asked, user, AsLoopbackUser),
        _ => Direct ? _options.SharedSecretScopesLocal : _options.SharedSecretScopesRemote,
    };
}
