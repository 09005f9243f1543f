using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using Netclaw.Protocol.Frames;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>From the first call to the decision.</summary>
public static partial class SessionMachine
{
    private static Transition Connect(AwaitingHello s, CallReceived call)
    {
        if (!MethodParams.TryRead(call.Params, ProtocolJson.Default.ConnectParams, out var hello, out var problem))
        {
            return End(s, call.Now, MethodParams.Error(call.Method, problem!), RefusalCode.InvalidRequest, call.CallId);
        }

        return Authenticate(s, call.CallId, call.Now, hello, claim: null);
    }

    /// <param name="claim">What the device's signature covers, where it is the gateway protocol's.</param>
    private static Transition Authenticate(AwaitingHello s, long callId, DateTimeOffset now, ConnectParams hello, DeviceClaim? claim) =>
        HelloCheck.Problem(hello) is { } refused
            ? End(s, now, refused.Code, refused.Seen, callId)
            : new Transition(
                new Authenticating(s.Facts, s.Challenge, s.Deadline, callId, hello),
                new SessionEffect.CheckCredentials(SessionRequests.Proof, hello, s.Challenge, claim));

    private static Transition Identify(Authenticating s, CredentialsChecked i)
    {
        var hello = new Hello
        {
            Role = s.Hello.Role, Scopes = s.Hello.Scopes, Client = s.Hello.Client, DeviceKey = s.Hello.Device?.PublicKey, Pairing = s.Hello.Pairing,
        };
        var proven = i.Credentials.Proof == ProofVerdict.Valid ? hello.DeviceKey?.DeviceId : null;
        return new Transition(
            new Identifying(s.Facts, s.Challenge, s.Deadline, s.CallId, hello, i.Credentials, proven),
            new SessionEffect.Decide(SessionRequests.Access, hello, i.Credentials));
    }

    private static Transition Decided(Identifying s, AccessDecided i) => i.Decision switch
    {
        AccessDecision.Granted granted => Let(s, i, s.CallId, s.Deadline, s.Hello, s.Credentials, granted.Principal),
        AccessDecision.PairSilently pair => PairFirst(s, i, pair),
        AccessDecision.EnrolLegacy enrol => Enrol(s, i, enrol),
        AccessDecision.RedeemSetup redeem => Redeem(s, i, redeem),
        AccessDecision.MustPair pair => Offer(s, i.Now, pair, i.ExchangeNonce),
        AccessDecision.Refused refused => End(s, i.Now, Error(refused), refused.Code, check: refused.Check),
        _ => throw new ArgumentOutOfRangeException(nameof(i), i.Decision, "no such decision"),
    };

    /// <summary>Lets it in, or first has its token made.</summary>
    private static Transition Let(Unauthenticated s, AccessDecided i, long callId, DateTimeOffset deadline, Hello hello, Credentials credentials, Principal principal) =>
        i is { NeedsToken: true } && principal.Device is { } device
            ? new Transition(
                new IssuingToken(s.Facts, s.Challenge, deadline, callId, hello, credentials, device), new SessionEffect.IssueToken(SessionRequests.IssueToken, device, hello.Role, credentials.SetupCode))
            : Welcome(s, i, callId, hello, principal);

    private static Transition Issued(IssuingToken s, RegistryAnswered i) => i.Reply switch
    {
        RegistryReply.Changed => new Transition(
            new TokenIssued(s.Facts, s.Challenge, s.Deadline, s.CallId, s.Hello, s.Device), new SessionEffect.Decide(SessionRequests.AccessWithToken, s.Hello, s.Credentials)),
        RegistryReply.Refused refused => End(s, i.Now, refused.Code, refused.Seen),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the registry answered {other.GetType().Name} while {s.Name}"),
    };

    private static Transition DecidedWithToken(TokenIssued s, AccessDecided i) => i.Decision switch
    {
        AccessDecision.Granted granted => Welcome(s, i, s.CallId, s.Hello, granted.Principal),
        AccessDecision.Refused refused => End(s, i.Now, Error(refused), refused.Code, check: refused.Check),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the policy said {other.GetType().Name} about a device that was just let in"),
    };

    private static Transition Welcome(Unauthenticated s, AccessDecided i, long callId, Hello hello, Principal principal) => Activate(
        s, principal, hello.Client, welcome => new SessionEffect.Answer(
            callId, CallResponse.Success(ToJson(welcome with { DeviceToken = i.Token, DeviceTokens = i.Handed.IsEmpty ? null : i.Handed }))));

    private static CallError Error(AccessDecision.Refused refused) =>
        RefusalTable.Error(
            refused.Code, refused.Seen, retryAfterMs: (int?)refused.RetryAfter?.TotalMilliseconds,
            details: refused.Why is { } why ? JsonSerializer.SerializeToElement(why, GatewayDetailsJson.Default.AuthDetails) : null) with { Code = refused.CodeName };

    private static Transition Offer(Identifying s, DateTimeOffset now, AccessDecision.MustPair pair, string exchangeNonce)
    {
        var applicant = new Applicant(
            pair.Key, pair.Role, pair.Scopes, pair.Intent, s.Hello.Client, exchangeNonce);
        return pair.Intent.Flow switch
        {
            PairingFlow.Code => new Transition(
                new CodeOffered(s.Facts, s.Challenge, applicant, s.Deadline), Offered(s.CallId, PairingFlow.Code, "")),
            PairingFlow.Request => new Transition(
                new RequestOffered(s.Facts, s.Challenge, applicant, s.Deadline), Offered(s.CallId, PairingFlow.Request, exchangeNonce)),
            PairingFlow.Announced => Announce(s, now, applicant, pair.Known),
            _ => throw new ArgumentOutOfRangeException(nameof(pair), pair.Intent.Flow, "no such flow"),
        };
    }

    private static SessionEffect.Answer Offered(long callId, PairingFlow flow, string exchangeNonce) => new(callId, CallResponse.Success(
        JsonSerializer.SerializeToElement(new PairingOffered(flow, exchangeNonce), ProtocolJson.Default.PairingOffered)));

    /// <summary>The one way into <see cref="Active"/>. Whoever has heard of it finds it in the audit.</summary>
    /// <param name="recorded">What is told by the same word, beside the authentication.</param>
    private static Transition Activate(
        Unauthenticated s, Principal principal, ClientInfo client, Func<HelloOk, SessionEffect> welcome, params ImmutableArray<SessionEffect.Record> recorded)
    {
        ImmutableArray<SessionEffect> surface = principal is { Role: Role.Node, Device: not null } ? [new SessionEffect.ShowSurface()] : [];
        return new Transition(new Active(s.Facts, principal, client, []),
        [
            new SessionEffect.Promote(), // first: the client's next message may be a large one
            new SessionEffect.Record(AuditKind.Authentication, "connect", AuditOutcome.Ok, "ok", principal.Subject, principal.Device, Proof(principal)),
            .. recorded,
            welcome(Hello(s.Facts, principal)),
            .. surface,
        ]);
    }

    private static HelloOk Hello(SessionFacts facts, Principal principal) => new()
    {
        Server = new ServerInfo(facts.Gateway.Version, facts.Id, facts.Gateway.Id, facts.Gateway.Name),
        Features = facts.Methods.FeaturesFor(principal.Role, principal.Scopes),
        Auth = Granted(principal),
        Policy = new ConnectionPolicy(Limits.MessageBytes, Limits.BufferedBytes, (int)Limits.TickInterval.TotalMilliseconds),
    };

    private static JsonElement ToJson(HelloOk hello) => JsonSerializer.SerializeToElement(hello, ProtocolJson.Default.HelloOk);

    /// <summary>Who the client is told to be.</summary>
    public static GrantedAuth Granted(Principal principal) => new(
        principal.MethodName, principal.Role, principal.Scopes, principal.Device, principal.Device is null ? null : principal.Name, principal.Node);

    private static string Proof(Principal principal) =>
        principal.IsInternal ? $"{principal.MethodName}, internal node {principal.Node}" : principal.MethodName;
}
