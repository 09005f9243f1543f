using System.Collections.Immutable;
using Netclaw.Protocol;

namespace Netclaw.Actors.Trust.Enumeration;

/// <summary>Says what is wrong with an answer to a cell; null when nothing is.</summary>
internal delegate string? Invariant(TrustPolicy policy, in Cell cell, AccessDecision answer);

/// <summary>What must hold in every cell. Each stands for one sentence of trust.md.</summary>
internal static class Invariants
{
    public static ImmutableArray<(string Name, Invariant Holds)> All { get; } =
    [
        (nameof(NothingWithoutItsEvidence), NothingWithoutItsEvidence), (nameof(NobodyLockedOut), NobodyLockedOut), (nameof(FirstFailureIsNamed), FirstFailureIsNamed),
        (nameof(RefusalsLeadOut), RefusalsLeadOut), (nameof(NoMoreThanAskedFor), NoMoreThanAskedFor), (nameof(ForwardingNeverWidens), ForwardingNeverWidens), (nameof(OriginNeverWidens), OriginNeverWidens),
        (nameof(LabelsChangeNothing), LabelsChangeNothing), (nameof(RemoteGainsNothingFromLoopback), RemoteGainsNothingFromLoopback), (nameof(ForwardedGainsNothingFromInternal), ForwardedGainsNothingFromInternal),
        (nameof(NativeProofsStandAlone), NativeProofsStandAlone), (nameof(LoopbackUserNeedsAllowLoopback), LoopbackUserNeedsAllowLoopback), (nameof(DefaultsAreUnchanged), DefaultsAreUnchanged),
        (nameof(UnknownUserSatisfiesNothing), UnknownUserSatisfiesNothing),
    ];

    /// <summary>Whoever gets anything gets it by a row of trust.md, by that row's method and within its scopes.</summary>
    private static string? NothingWithoutItsEvidence(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var (got, due) = (Ruling.Of(answer), cell.Due);
        return got.Outcome == Outcome.Refused ? null
            : got.Outcome != due.Outcome || got.Method != due.Method || got.IsInternal != due.IsInternal || got.IsDevice != due.IsDevice ? $"got {got}, due {due}"
            : due.Most.Covers(got.Most) ? null : $"got {got.Most}, due at most {due.Most}";
    }

    /// <summary>Whoever has the evidence of a row gets all that it says and he asked for.</summary>
    private static string? NobodyLockedOut(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var (got, due) = (Ruling.Of(answer), cell.Due);
        if (due.Outcome == Outcome.Refused)
        {
            return null;
        }

        var asked = cell.Question.Hello.Scopes;
        var expected = asked.IsEmpty && cell.Question.Hello.Role == Role.Operator ? due.Most : new ScopeSet(asked.Flags & due.Most.Expanded.Flags);
        return got.Outcome != due.Outcome ? $"got {got}, due {due}" : got.Outcome == Outcome.MustPair || got.Most.Covers(expected) ? null : $"got {got.Most}, due {expected}";
    }

    private static string? FirstFailureIsNamed(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var (got, due) = (Ruling.Of(answer).Code, cell.Due.Code);
        return got is null || due is null || got == due ? null : $"says {got}, due {due}";
    }

    private static string? RefusalsLeadOut(TrustPolicy policy, in Cell cell, AccessDecision answer) => answer is not AccessDecision.Refused refused ? null
        : RefusalTable.For(refused.Code) is not { Meaning.Length: > 0, Remedy.Length: > 0 } row || row.Code != refused.Code ? $"{refused.Code} has no row that leads out"
        : !RefusalTable.TryFind(refused.CodeName, out var found) || found.Code != refused.Code ? $"{refused.CodeName} is not found by its name"
        : refused.Check.Length == 0 || refused.Seen.Length == 0 || refused.Seen.Any(char.IsControl) ? "says nothing that people can read"
        : null;

    private static string? NoMoreThanAskedFor(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var hello = cell.Question.Hello;
        var (role, scopes) = answer switch
        {
            AccessDecision.Granted { Principal: var who } => (who.Role, who.Scopes),
            AccessDecision.PairSilently silent => (silent.Role, silent.Scopes),
            AccessDecision.MustPair pair => (pair.Role, pair.Scopes),
            _ => (hello.Role, ScopeSet.Empty),
        };
        return role != hello.Role ? $"asked for {hello.Role}, got {role}"
            : (hello.Scopes.IsEmpty && hello.Role == Role.Operator) || hello.Scopes.Covers(scopes) ? null : $"asked for {hello.Scopes}, got {scopes}";
    }

    private static string? ForwardingNeverWidens(TrustPolicy policy, in Cell cell, AccessDecision answer) =>
        Wider(policy, cell, answer, Dress.Forwarding) ?? Wider(policy, cell, answer, Dress.OtherForwarding);

    /// <summary>Where a browser already says that a page of another site asked, an Origin only answers which: that is no addition.</summary>
    private static string? OriginNeverWidens(TrustPolicy policy, in Cell cell, AccessDecision answer) => cell.Question.Evidence.CrossSite ? null
        : Wider(policy, cell, answer, Dress.AllowedOrigin) ?? Wider(policy, cell, answer, Dress.ForeignOrigin) ?? Wider(policy, cell, answer, Dress.OtherSite);

    private static readonly ClientInfo Backend = new() { Id = "gateway-client", Version = "999", Platform = "gateway-host", Mode = "backend", DisplayName = "root" };

    private static string? LabelsChangeNothing(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var labelled = policy.Decide(cell.Question with { Hello = cell.Question.Hello with { Client = Backend } });
        return labelled.Equals(answer) ? null : $"{answer} became {labelled}";
    }

    /// <summary>Take away every option that has to do with this machine: nobody from elsewhere had anything of them.</summary>
    private static string? RemoteGainsNothingFromLoopback(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var (seen, options) = (cell.Question.Evidence, cell.Question.Options);
        return seen.Listener != ListenerKind.Tcp || (seen.Place == RemotePlace.Loopback && !options.Exposure.IsTunnel()) ? null
            : Gained(policy, cell, answer, options with { TrustedProxy = options.TrustedProxy.WithoutLoopback(), AutoApproveLocal = false, SharedSecretScopesLocal = ScopeSet.Empty, LocalPairingScopes = ScopeSet.Empty });
    }

    /// <summary>On loopback but through a proxy: only that the proxy may stand there counts.</summary>
    private static string? ForwardedGainsNothingFromInternal(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var options = cell.Question.Options;
        return !cell.Question.Evidence.Forwarded ? null
            : Gained(policy, cell, answer, options with { TrustedProxy = options.TrustedProxy.WithoutLoopback(options.TrustedProxy.AllowLoopback), AutoApproveLocal = false, SharedSecretScopesLocal = ScopeSet.Empty, LocalPairingScopes = ScopeSet.Empty });
    }

    /// <summary>A device's own key, the host's and a child's credential: the mode, the last hop and the secret change nothing.</summary>
    private static string? NativeProofsStandAlone(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var asked = cell.Question;
        if (answer is not AccessDecision.Granted { Principal.Method: AuthMethod.DeviceKey or AuthMethod.HostKey or AuthMethod.DeviceToken } || !ReferenceEquals(asked.Credentials.SpawnGrant, null))
        {
            return null;
        }

        foreach (var (exposure, auth) in ((ExposureMode, AuthMode)[])[(ExposureMode.ReverseProxy, AuthMode.TrustedProxy), (ExposureMode.TailscaleFunnel, AuthMode.Password), (ExposureMode.Local, AuthMode.None)])
        {
            var elsewhere = policy.Decide(asked with { Evidence = asked.Evidence with { Listing = ProxyListing.NotListed }, Options = asked.Options with { Exposure = exposure, Auth = auth, TrustedProxies = NetworkSet.Empty } });
            if (!elsewhere.Equals(answer))
            {
                return $"{answer} became {elsewhere} under {exposure.Name()} and {auth.Name()}";
            }
        }

        return null;
    }

    private static string? LoopbackUserNeedsAllowLoopback(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var options = cell.Question.Options;
        return options.TrustedProxy is { AllowLoopback: false, LoopbackUser: not null }
            ? Changed(policy, cell, answer, options with { TrustedProxy = options.TrustedProxy.WithLoopbackUser(null) })
            : null;
    }

    /// <summary>With exposure local and no proxy in the auth mode, none of the proxy's options is looked at.</summary>
    private static string? DefaultsAreUnchanged(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var options = cell.Question.Options;
        return options is { Exposure: ExposureMode.Local, Auth: not AuthMode.TrustedProxy }
            ? Changed(policy, cell, answer, options with { TrustedProxy = new TrustedProxyOptions { LoopbackUids = options.TrustedProxy.LoopbackUids, AllowLoopback = !options.TrustedProxy.AllowLoopback, LoopbackUser = "root", ProxyUids = UidRule.Of(7) } })
            : null;
    }

    private const uint Nobody = 4_000_000;

    /// <summary>Where the kernel names no user, a connection gets no more than a user whom no rule lists.</summary>
    private static string? UnknownUserSatisfiesNothing(TrustPolicy policy, in Cell cell, AccessDecision answer)
    {
        var (asked, seen) = (cell.Question, cell.Question.Evidence);
        if (seen.Listener != ListenerKind.Tcp)
        {
            return seen.Peer is null or { UserId: UserId.Overflow } && answer is not AccessDecision.Refused ? $"unknown, yet {answer}" : null;
        }

        // A child's credential is bound to its run; on plain loopback an unknown user is not taken for a foreign one.
        return seen.RemoteUserId is null && seen.Place == RemotePlace.Loopback && asked.Credentials.Spawn == SpawnVerdict.Absent && !asked.Options.LoopbackUids.Any && !asked.Options.TrustedProxy.ProxyUids.Any
            ? NoWider(policy.Decide(asked with { Evidence = seen with { RemoteUserId = Nobody } }), answer)
            : null;
    }

    private static string? Wider(TrustPolicy policy, in Cell cell, AccessDecision bare, Dress dress) =>
        NoWider(bare, policy.Decide(cell.Question with { Evidence = cell.Dressed[(int)dress] })) is { } wider ? $"{dress}: {wider}" : null;

    private static string? Gained(TrustPolicy policy, in Cell cell, AccessDecision answer, TrustOptions without) => NoWider(policy.Decide(cell.Question with { Options = without }), answer);

    private static string? Changed(TrustPolicy policy, in Cell cell, AccessDecision answer, TrustOptions otherwise)
    {
        var other = policy.Decide(cell.Question with { Options = otherwise });
        return other.Equals(answer) ? null : $"{answer} became {other}";
    }

    private static string? NoWider(AccessDecision bare, AccessDecision more)
    {
        var (before, after) = (Ruling.Of(bare), Ruling.Of(more));
        var isNoWider = after.Outcome == Outcome.Refused
            || (after.Outcome <= before.Outcome && after.Outcome == Outcome.MustPair)
            || (after.Outcome <= before.Outcome && before.Most.Covers(after.Most) && before.IsDevice == after.IsDevice && before.Method == after.Method);
        return isNoWider ? null : $"{bare} widened to {more}";
    }
}
