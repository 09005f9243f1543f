using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Nodes;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionSamples;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>One sample or more of every state and of every input; the walk checks that none is missing.</summary>
internal static class SessionSpace
{
    private static readonly DateTimeOffset Exchange = Start.AddSeconds(61);

    public static readonly SessionState[] States =
    [
        new AwaitingHello(Facts, Challenge, Deadline),
        new Authenticating(Facts, Challenge, Deadline, 1, Hello()),
        new Identifying(Facts, Challenge, Deadline, 1, PolicyHello(null), Credentials.Of(ProofVerdict.Valid), Laptop),
        new Identifying(Facts, Challenge, Deadline, 1, PolicyHello(CodeIntent), Credentials.None, null),
        new PairingSilently(Facts, Challenge, Deadline, 1, PolicyHello(null), Credentials.Of(ProofVerdict.Valid), LocalPairing),
        new SilentlyPaired(Facts, Challenge, Deadline, 1, PolicyHello(null), Credentials.Of(ProofVerdict.Valid), Laptop),
        new IssuingToken(Facts, Challenge, Deadline, 1, PolicyHello(AnnouncedIntent), Credentials.Of(ProofVerdict.Valid) with { Kind = ProofKind.Protocol }, Laptop),
        new TokenIssued(Facts, Challenge, Deadline, 1, PolicyHello(AnnouncedIntent), Laptop),
        new Announcing(Facts, Challenge, NewApplicant(AnnouncedIntent), Deadline, 1, null),
        new Announcing(Facts, Challenge, NewApplicant(AnnouncedIntent), Deadline, 1, PairedLaptop),
        new EnrollingLegacy(Facts, Challenge, Deadline, 1, PolicyHello(null), LegacyShown, LegacyEnrolment),
        new LegacyEnrolled(Facts, Challenge, Deadline, 1, PolicyHello(null), Laptop),
        new CodeOffered(Facts, Challenge, NewApplicant(CodeIntent), Deadline),
        new CodeBeginning(Facts, Challenge, NewApplicant(CodeIntent), 2, CodeId, Start.AddSeconds(2), Exchange),
        new CodeHeld(Facts, Challenge, NewApplicant(CodeIntent), 2, CodeId, LiveCode, Start.AddSeconds(2), Exchange),
        new CodeBegun(Facts, Challenge, NewApplicant(CodeIntent), CodeId, LiveCode, Exchange),
        new CodeBegun(Facts, Challenge, NewApplicant(CodeIntent), CodeId, null, Exchange),
        new CodeChecking(Facts, Challenge, NewApplicant(CodeIntent), 3, LiveCode, Exchange),
        new CodeChecking(Facts, Challenge, NewApplicant(CodeIntent), 3, null, Exchange),
        new CodeRedeeming(Facts, Challenge, NewApplicant(CodeIntent), 3, ScopeSet.DeviceDefault, "proof", Exchange),
        new RequestOffered(Facts, Challenge, NewApplicant(RequestIntent), Deadline),
        new Requesting(Facts, Challenge, NewApplicant(RequestIntent), Deadline, 2, "ABCD-EFGH"),
        new RequestWaiting(Facts, Challenge, NewApplicant(RequestIntent), RequestId, Pending.ExpiresAt),
        Connected(),
        Connected(OpenCall(7), OpenCall(8, PairListResult.Method)),
        new Active(Facts, ByToken, Client, [OpenCall(7)]),
        new Active(Facts, OfRun, Client, []),
        new Draining(Facts, ByToken, Client, [OpenCall(7)], Start.AddSeconds(10), "stopping"),
        new Draining(Facts, LaptopPrincipal, Client, [OpenCall(7)], Start.AddSeconds(10), "stopping"),
        new Closed(Facts, "transport", Start.AddSeconds(5)),
        new Closed(Facts, "transport", null),
    ];

    public static IEnumerable<SessionInput> Inputs(DateTimeOffset now)
    {
        foreach (var callId in (long[])[7, 99])
        {
            yield return new CallReceived(now, callId, ConnectParams.Method, Json(Hello(), ProtocolJson.Default.ConnectParams));
            yield return new HelloReceived(now, callId, Hello(), null);
            yield return new HelloReceived(now, callId, Hello() with { Role = Role.Node, Pairing = AnnouncedIntent }, Claim);
            yield return new HelloRefused(now, callId, RefusalCode.ProtocolMismatch, RefusalTable.Error(RefusalCode.ProtocolMismatch, "another protocol"));
            yield return new CallReceived(now, callId, PairBeginParams.Method, Json(new PairBeginParams(CodeId), ProtocolJson.Default.PairBeginParams));
            yield return new CallReceived(now, callId, PairConfirmParams.Method, Json(new PairConfirmParams(CodeId, "cHJvb2Y"), ProtocolJson.Default.PairConfirmParams));
            yield return new CallReceived(now, callId, PairRequestParams.Method, Json(new PairRequestParams(SymbolNonce), ProtocolJson.Default.PairRequestParams));
            yield return new CallReceived(now, callId, PairRequestParams.Method, Json(new PairRequestParams(ServerNonce), ProtocolJson.Default.PairRequestParams));
            yield return new CallReceived(now, callId, StatusResult.Method, default);
            yield return new CallReceived(now, callId, DaemonStopResult.Method, default);
            yield return new CallReceived(now, callId, "no.such.method", Parse("[1]"));
            yield return new CallWithdrawn(now, callId);
            yield return new CallAnswered(now, new MethodResult(callId, CallResponse.Success(Parse("{}"))));
            yield return new CallAnswered(now, new MethodResult(callId, CallResponse.Success(Parse("{}"))) { More = true });
        }

        foreach (var method in (string[])[ConnectParams.Method, PairBeginParams.Method, PairConfirmParams.Method, PairRequestParams.Method])
        {
            foreach (var json in (string[])["null", "[]", "{}", "7", """{"codeId":7,"proof":{},"symbolNonce":[],"client":null}""", """{"role":9}"""])
            {
                yield return new CallReceived(now, 99, method, Parse(json));
            }
        }

        foreach (var request in (long[])[0, SessionRequests.Proof, SessionRequests.Access, SessionRequests.BeginCode, SessionRequests.CodeProof, SessionRequests.RedeemCode, SessionRequests.RequestPairing, SessionRequests.PairSilently, SessionRequests.AccessOfPaired, SessionRequests.EnrolLegacy, SessionRequests.AccessOfEnrolled, SessionRequests.IssueToken, SessionRequests.AccessWithToken])
        {
            foreach (var verdict in Enum.GetValues<ProofVerdict>())
            {
                yield return new CredentialsChecked(now, request, Credentials.Of(verdict));
            }

            yield return new AccessDecided(now, request, new AccessDecision.Granted(LaptopPrincipal), ExchangeNonce);
            yield return new AccessDecided(now, request, new AccessDecision.Granted(LocalOperator), ExchangeNonce);
            yield return new AccessDecided(now, request, new AccessDecision.Granted(LaptopPrincipal), ExchangeNonce) { NeedsToken = true };
            yield return new AccessDecided(now, request, new AccessDecision.Granted(LaptopPrincipal), ExchangeNonce) { Token = new IssuedToken(new Secret("token"), 1) };
            yield return new AccessDecided(now, request, new AccessDecision.MustPair(DeviceKey, Role.Node, ScopeSet.Empty, AnnouncedIntent), ExchangeNonce);
            yield return new AccessDecided(now, request, new AccessDecision.MustPair(DeviceKey, Role.Operator, ScopeSet.All, CodeIntent), ExchangeNonce);
            yield return new AccessDecided(now, request, new AccessDecision.MustPair(DeviceKey, Role.Node, ScopeSet.Empty, RequestIntent), ExchangeNonce);
            yield return new AccessDecided(now, request, LocalPairing, ExchangeNonce);
            yield return new AccessDecided(now, request, LegacyEnrolment, ExchangeNonce);
            yield return new AccessDecided(now, request, LocalPairing with { Role = Role.Node, Scopes = ScopeSet.Empty, Via = SilentVia.Internal }, ExchangeNonce);
            yield return new AccessDecided(now, request, new AccessDecision.Refused(RefusalCode.PairingRequired, "pairing", "not paired"), ExchangeNonce);
            yield return new CodeProofChecked(now, request, true, "proof");
            yield return new CodeProofChecked(now, request, true, null);
            yield return new CodeProofChecked(now, request, false, null);
            foreach (var reply in Replies(request))
            {
                yield return new RegistryAnswered(now, reply);
            }
        }

        foreach (var at in States.Select(state => state.Until).OfType<DateTimeOffset>().Append(Start.AddDays(365)).Distinct())
        {
            yield return new DeadlinePassed(now, at);
        }

        foreach (var request in (PairingRequestId[])[RequestId, Id<PairingRequestId>("r_00000000000b")])
        {
            yield return new PairingResolved(now, request, PairedLaptop, null, null);
            yield return new PairingResolved(now, request, PairedLaptop with { Roles = [Role.Node] }, null, null);
            yield return new PairingResolved(now, request, null, RefusalCode.PairingRejected, "no");
            yield return new PairingResolved(now, request, null, RefusalCode.PairingRequestSuperseded, null);
            yield return new PairingResolved(now, request, null, null, null);
        }

        yield return new DeviceRevoked(now, Laptop, "lost");
        yield return new DeviceRevoked(now, OtherKey.DeviceId, null);
        yield return new SecretRotated(now, 2);
        yield return new SecretRotated(now, 3);
        yield return new RunEnded(now, OfRun.Run!.Value, RefusalCode.SpawnCredentialExpired);
        yield return new RunEnded(now, Id<RunId>("run_000000000000000b"), RefusalCode.SpawnCredentialRevoked);
        yield return new AccessEnded(now, Laptop, "the device's scopes changed");
        yield return new AccessEnded(now, OtherKey.DeviceId, "another's");
        yield return new RegistryStopped(now);
        yield return new EventPublished(now, "tick", Parse("{}"), Scope.None);
        yield return new EventPublished(now, "secret", Parse("{}"), Scope.Admin);
        yield return new EventAddressed(now, NodePairResolved.EventName, Parse("{}"));
        yield return new DrainRequested(now, "stopping", now.AddSeconds(10));
        yield return new Evicted(now);
        yield return new Violated(now, RefusalCode.MessageTooLarge, "65537 bytes");
        yield return new TransportClosed(now, "client");
    }

    private static IEnumerable<RegistryReply> Replies(long id) =>
    [
        new RegistryReply.CodeMinted(id, CodeId, Start),
        new RegistryReply.CodeBegun(id, LiveCode),
        new RegistryReply.CodeBegun(id, null),
        new RegistryReply.Paired(id, PairedLaptop),
        new RegistryReply.Paired(id, PairedLaptop with { Scopes = ScopeSet.Empty }),
        new RegistryReply.Requested(id, Pending),
        new RegistryReply.Approved(id, RequestId, PairedLaptop),
        new RegistryReply.Rejected(id, RequestId, Laptop),
        new RegistryReply.Revoked(id, PairedLaptop, 1),
        new RegistryReply.Changed(id, PairedLaptop, 1),
        new RegistryReply.Confirmed(id, [PairedLaptop]),
        new RegistryReply.HostRotated(id, PairedLaptop, null),
        new RegistryReply.Resolved(id, RequestId, PairedLaptop, null),
        new RegistryReply.Done(id),
        new RegistryReply.Imported(id, []),
        new RegistryReply.LegacyRemoved(id, WaitingLegacy),
        new RegistryReply.SurfaceDeclared(id, null),
        new RegistryReply.SurfaceApproved(id, Surface, new ApprovedSurface([], ["system.run"], Start, "operator")),
        new RegistryReply.SurfaceRejected(id, Surface),
        new RegistryReply.SurfaceRemoved(id, PairedLaptop, null),
        new RegistryReply.Refused(id, RefusalCode.JournalUnavailable, "disk full"),
    ];

    private static readonly SurfaceRequest Surface = new()
    {
        Id = RequestId, Node = Laptop, Caps = [], Commands = ["system.run"], Again = false, ClientAddress = "", FirstAt = Start, LastAt = Start,
    };

    private static Hello PolicyHello(PairingIntent? intent) => new()
    {
        Role = Role.Operator, Scopes = ScopeSet.DeviceDefault, Client = Hello().Client, DeviceKey = DeviceKey, Pairing = intent,
    };
}
