using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
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

        if (HelloCheck.Problem(hello) is { } refused)
        {
            return End(s, call.Now, refused.Code, refused.Seen, call.CallId);
        }

        return new Transition(
            new Authenticating(s.Facts, s.Challenge, s.Deadline, call.CallId, hello),
            new SessionEffect.CheckCredentials(SessionRequests.Proof, hello, s.Challenge));
    }

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
        AccessDecision.Granted granted => Welcome(s, s.CallId, s.Hello, granted.Principal),
        AccessDecision.PairSilently pair => PairFirst(s, i, pair),
        AccessDecision.EnrolLegacy enrol => Enrol(s, i, enrol),
        AccessDecision.MustPair pair => Offer(s, pair, i.ExchangeNonce),
        AccessDecision.Refused refused => End(s, i.Now, Error(refused), refused.Code, check: refused.Check),
        _ => throw new ArgumentOutOfRangeException(nameof(i), i.Decision, "no such decision"),
    };

    private static Transition Welcome(Unauthenticated s, long callId, Hello hello, Principal principal) => Activate(
        s, principal, Client(hello.Client), welcome => new SessionEffect.Answer(callId, CallResponse.Success(ToJson(welcome))));

    private static CallError Error(AccessDecision.Refused refused) =>
        RefusalTable.Error(refused.Code, refused.Seen, retryAfterMs: (int?)refused.RetryAfter?.TotalMilliseconds) with { Code = refused.CodeName };

    private static Transition Offer(Identifying s, AccessDecision.MustPair pair, string exchangeNonce)
    {
        var applicant = new Applicant(
            pair.Key, pair.Role, pair.Scopes, pair.Intent, s.Hello.Client.Platform, Client(s.Hello.Client), exchangeNonce);
        return pair.Intent.Flow switch
        {
            PairingFlow.Code => new Transition(
                new CodeOffered(s.Facts, s.Challenge, applicant, s.Deadline), Offered(s.CallId, PairingFlow.Code, "")),
            PairingFlow.Request => new Transition(
                new RequestOffered(s.Facts, s.Challenge, applicant, s.Deadline), Offered(s.CallId, PairingFlow.Request, exchangeNonce)),
            _ => throw new ArgumentOutOfRangeException(nameof(pair), pair.Intent.Flow, "no such flow"),
        };
    }

    private static SessionEffect.Answer Offered(long callId, PairingFlow flow, string exchangeNonce) => new(callId, CallResponse.Success(
        JsonSerializer.SerializeToElement(new PairingOffered(flow, exchangeNonce), ProtocolJson.Default.PairingOffered)));

    /// <summary>The one way into <see cref="Active"/>.</summary>
    private static Transition Activate(
        Unauthenticated s, Principal principal, string client, Func<HelloOk, SessionEffect> welcome, params ImmutableArray<SessionEffect> after)
    {
        return new Transition(new Active(s.Facts, principal, client, []),
        [
            new SessionEffect.Promote(), // first: the client's next message may be a large one
            welcome(Hello(s.Facts, principal)),
            new SessionEffect.Record(AuditKind.Authentication, "connect", AuditOutcome.Ok, "ok", principal.Subject, principal.Device, Proof(principal)),
            .. after,
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

    private static string Client(ClientInfo client) => string.Create(CultureInfo.InvariantCulture, $"{client.Id}/{client.Version}");
}
