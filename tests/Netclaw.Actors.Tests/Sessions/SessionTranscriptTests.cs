using System.Text.Json;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Methods;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionSamples;

namespace Netclaw.Actors.Sessions;

/// <summary>Whole conversations, one file each.</summary>
public sealed class SessionTranscriptTests
{
    [Fact]
    public void PairedDevice_ConnectsCallsAndLeaves() => Connected()
        .Then(Call(1_000, 2, StatusResult.Method))
        .Then(new CallAnswered(At(1_004), new MethodResult(2, CallResponse.Success(Parse("{}")))))
        .Then(Call(1_100, 3, DaemonStopResult.Method))
        .Then(Call(1_200, 4, "no.such"))
        .Then(new EventPublished(At(30_000), "tick", Parse("""{"ts":1}"""), Scope.None))
        .Then(new EventPublished(At(30_001), "admins.only", Parse("{}"), Scope.Admin))
        .Then(Call(31_000, 5, ConnectParams.Method))
        .Then(new TransportClosed(At(32_000), "client closed"))
        .AssertMatches("paired-device");

    [Fact]
    public void UnknownDevice_IsRefused() => Identifying(null)
        .Then(new AccessDecided(At(12), SessionRequests.Access, new AccessDecision.Refused(RefusalCode.PairingRequired, "pairing", "d_x is not paired"), ExchangeNonce))
        .Then(new TransportClosed(At(20), "closed"))
        .AssertMatches("unknown-device");

    [Fact]
    public void SilentClient_IsClosedAtTheDeadline() => New()
        .Then(new DeadlinePassed(At(14_000), At(14_000)))
        .Then(new DeadlinePassed(At(15_000), Deadline))
        .Then(new DeadlinePassed(At(20_000), At(20_000)))
        .AssertMatches("silent-client");

    [Fact]
    public void HelloOfAnotherProtocol_IsRefused() => New()
        .Then(Call(5, 1, ConnectParams.Method, Json(Hello() with { MinProtocol = 5, MaxProtocol = 6 }, ProtocolJson.Default.ConnectParams)))
        .AssertMatches("protocol-mismatch");

    [Fact]
    public void HelloOfNoForm_NamesThePath() => New()
        .Then(Call(5, 1, ConnectParams.Method, Parse("""{"client":{"id":"cli","version":"1","platform":"linux"},"role":"king"}""")))
        .AssertMatches("malformed-hello");

    [Fact]
    public void Code_PairsTheDevice() => Checking(LiveCode)
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "Z2F0ZXdheS1wcm9vZg"))
        .Then(new RegistryAnswered(At(403), new RegistryReply.Paired(SessionRequests.RedeemCode, PairedLaptop)))
        .Then(new RegistryAnswered(At(404), new RegistryReply.Paired(SessionRequests.RedeemCode, PairedLaptop)))
        .AssertMatches("code-pairs");

    [Fact]
    public void Code_AnsweredFastByTheRegistry_IsHeldForTheFloor() => CodeOffered()
        .Then(Begin(100))
        .Then(new RegistryAnswered(At(101), new RegistryReply.CodeBegun(SessionRequests.BeginCode, null)))
        .Then(new DeadlinePassed(At(120), At(120)))
        .Then(new DeadlinePassed(At(125), At(125)))
        .AssertMatches("code-floor");

    [Fact]
    public void Code_AnsweredSlowlyByTheRegistry_IsNotHeldLonger() => CodeOffered()
        .Then(Begin(100))
        .Then(new RegistryAnswered(At(180), new RegistryReply.CodeBegun(SessionRequests.BeginCode, LiveCode)))
        .AssertMatches("code-slow-registry");

    [Fact]
    public void Code_WithATamperedProof_IsInvalid() => Checking(LiveCode)
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, false, null))
        .AssertMatches("code-tampered-proof");

    /// <summary>Also the sixth try: after five the registry hands out no code.</summary>
    [Fact]
    public void Code_ThatIsUnknownOrOutOfTries_IsInvalidInTheSameWords()
    {
        var unknown = Checking(null).Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, false, null));
        unknown.AssertMatches("code-unknown");
        var wrong = Checking(LiveCode).Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, false, null));
        Assert.Equal(Heard(wrong), Heard(unknown));

        static IEnumerable<string> Heard(Transcript run) => run.Effects.Where(effect => effect is not SessionEffect.Record)
            .Select(effect => effect is SessionEffect.Answer answer ? answer.Response.ToString() : effect.ToString());
    }

    [Fact]
    public void Code_ProvenButExpired_SaysSo() => Checking(LiveCode with { Expired = true })
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "cA"))
        .AssertMatches("code-expired");

    [Fact]
    public void Code_ThatExpiresBetweenBeginAndConfirm_IsExpired() => Checking(LiveCode with { ExpiresAt = At(300) })
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "cA"))
        .AssertMatches("code-expires-meanwhile");

    [Fact]
    public void Code_SpentByAnotherDevice_SaysSo() => Checking(LiveCode with { SpentBy = OtherKey.DeviceId })
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "cA"))
        .AssertMatches("code-used");

    [Fact]
    public void Code_SpentByTheSameDevice_IsAnsweredAgain() => Checking(LiveCode with { SpentBy = Laptop, Expired = true })
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "cA"))
        .Then(new RegistryAnswered(At(401), new RegistryReply.Paired(SessionRequests.RedeemCode, PairedLaptop)))
        .AssertMatches("code-same-device-again");

    [Fact]
    public void Code_ConfirmedBeforeBegun_IsOutOfOrder() => CodeOffered()
        .Then(Call(100, 2, PairConfirmParams.Method, Json(new PairConfirmParams(CodeId, "cA"), ProtocolJson.Default.PairConfirmParams)))
        .AssertMatches("code-out-of-order");

    [Fact]
    public void Code_ReplayedAfterItsAnswer_IsOutOfOrder() => CodeOffered()
        .Then(Begin(100))
        .Then(new RegistryAnswered(At(180), new RegistryReply.CodeBegun(SessionRequests.BeginCode, LiveCode)))
        .Then(Begin(200))
        .AssertMatches("code-begun-twice");

    [Fact]
    public void Code_ConfirmedForAnotherId_IsOutOfOrder() => CodeOffered()
        .Then(Begin(100))
        .Then(new RegistryAnswered(At(180), new RegistryReply.CodeBegun(SessionRequests.BeginCode, LiveCode)))
        .Then(Call(200, 3, PairConfirmParams.Method, Json(new PairConfirmParams(Id<PairingCodeId>("pc_zzzz"), "cA"), ProtocolJson.Default.PairConfirmParams)))
        .AssertMatches("code-another-id");

    [Fact]
    public void Code_AbandonedAfterBegin_ExpiresAfterAMinute() => CodeOffered()
        .Then(Begin(100))
        .Then(new RegistryAnswered(At(180), new RegistryReply.CodeBegun(SessionRequests.BeginCode, LiveCode)))
        .Then(new DeadlinePassed(At(15_000), Deadline))
        .Then(new DeadlinePassed(At(60_100), At(60_100)))
        .AssertMatches("code-abandoned");

    [Fact]
    public void Code_WhenTheTransportGoesWhileRedeeming_DropsTheLateAnswer() => Checking(LiveCode)
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "cA"))
        .Then(new TransportClosed(At(401), "reset"))
        .Then(new RegistryAnswered(At(403), new RegistryReply.Paired(SessionRequests.RedeemCode, PairedLaptop)))
        .AssertMatches("code-closed-while-redeeming");

    [Fact]
    public void Code_WhenTheRegistryStops_IsUnavailable() => Checking(LiveCode)
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "cA"))
        .Then(new RegistryStopped(At(401)))
        .AssertMatches("code-registry-stopped");

    [Fact]
    public void Code_RefusedByTheRegistry_PassesTheReason() => Checking(LiveCode)
        .Then(new CodeProofChecked(At(400), SessionRequests.CodeProof, true, "cA"))
        .Then(new RegistryAnswered(At(403), new RegistryReply.Refused(SessionRequests.RedeemCode, RefusalCode.PairingScopeNotOffered, "the code is for nodes")))
        .AssertMatches("code-refused-at-commit");

    [Fact]
    public void Request_IsApproved() => Waiting()
        .Then(new PairingResolved(At(9_000), RequestId, PairedLaptop with { Scopes = new ScopeSet(Scope.Read) }, null, null))
        .Then(new PairingResolved(At(9_001), RequestId, PairedLaptop, null, null))
        .AssertMatches("request-approved");

    [Fact]
    public void Request_IsRejected() => Waiting()
        .Then(new DeadlinePassed(At(15_000), Deadline))
        .Then(new PairingResolved(At(20_000), RequestId, null, RefusalCode.PairingRejected, "not yours"))
        .AssertMatches("request-rejected");

    [Fact]
    public void Request_IsSuperseded() => Waiting()
        .Then(new PairingResolved(At(20_000), RequestId, null, RefusalCode.PairingRequestSuperseded, "r_00000000000b took its place"))
        .AssertMatches("request-superseded");

    [Fact]
    public void Request_Expires() => Waiting()
        .Then(new DeadlinePassed(Pending.ExpiresAt, Pending.ExpiresAt))
        .AssertMatches("request-expired");

    [Fact]
    public void Request_WithAnotherNonceThanCommitted_IsRefused() => RequestOffered()
        .Then(Call(100, 2, PairRequestParams.Method, Json(new PairRequestParams(ServerNonce), ProtocolJson.Default.PairRequestParams)))
        .AssertMatches("request-commitment-mismatch");

    [Fact]
    public void Revocation_AnswersOpenCallsAndCloses() => Connected()
        .Then(Call(1_000, 2, StatusResult.Method))
        .Then(new DeviceRevoked(At(1_001), Laptop, "stolen"))
        .Then(new CallAnswered(At(1_002), new MethodResult(2, CallResponse.Success(Parse("{}")))))
        .Then(new TransportClosed(At(1_003), "closed"))
        .AssertMatches("revoked");

    [Fact]
    public void Drain_FinishesOpenCallsFirst() => Connected()
        .Then(Call(1_000, 2, StatusResult.Method))
        .Then(new DrainRequested(At(1_001), "gateway stopping", At(11_001)))
        .Then(Call(1_002, 3, StatusResult.Method))
        .Then(new CallAnswered(At(1_003), new MethodResult(2, CallResponse.Success(Parse("{}")))))
        .AssertMatches("drain");

    [Fact]
    public void Drain_EndsAtItsDeadline() => Connected()
        .Then(Call(1_000, 2, StatusResult.Method))
        .Then(new DrainRequested(At(1_001), "gateway stopping", At(11_001)))
        .Then(new DeadlinePassed(At(11_001), At(11_001)))
        .AssertMatches("drain-deadline");

    [Fact]
    public void Calls_BeyondTheBound_AreRefused()
    {
        var run = Connected();
        for (var callId = 2; callId < 2 + Limits.OpenCallsPerSession; callId++)
        {
            run.Then(Call(1_000, callId, StatusResult.Method));
        }

        run.Then(Call(1_001, 99, StatusResult.Method))
            .Then(new CallWithdrawn(At(1_002), 2))
            .Then(Call(1_003, 100, StatusResult.Method))
            .AssertMatches("too-many-calls");
    }

    private static Transcript New() => new(new SessionState.AwaitingHello(Facts, Challenge, Deadline));

    private static Transcript Identifying(PairingIntent? intent) => New()
        .Then(Call(10, 1, ConnectParams.Method, Json(Hello(intent), ProtocolJson.Default.ConnectParams)))
        .Then(new CredentialsChecked(At(11), SessionRequests.Proof, Credentials.Of(ProofVerdict.Valid)));

    private static Transcript Connected() => Identifying(null)
        .Then(new AccessDecided(At(12), SessionRequests.Access, new AccessDecision.Granted(LaptopPrincipal), ExchangeNonce));

    private static Transcript CodeOffered() => Pairing(CodeIntent);

    private static Transcript RequestOffered() => Pairing(RequestIntent);

    private static Transcript Pairing(PairingIntent intent) => Identifying(intent).Then(new AccessDecided(
        At(12), SessionRequests.Access, new AccessDecision.MustPair(DeviceKey, Role.Operator, ScopeSet.DeviceDefault, intent), ExchangeNonce));

    private static Transcript Checking(BegunCode? code) => CodeOffered()
        .Then(Begin(100))
        .Then(new RegistryAnswered(At(180), new RegistryReply.CodeBegun(SessionRequests.BeginCode, code)))
        .Then(Call(390, 3, PairConfirmParams.Method, Json(new PairConfirmParams(CodeId, "cHJvb2Y"), ProtocolJson.Default.PairConfirmParams)));

    private static Transcript Waiting() => RequestOffered()
        .Then(Call(100, 2, PairRequestParams.Method, Json(new PairRequestParams(SymbolNonce), ProtocolJson.Default.PairRequestParams)))
        .Then(new RegistryAnswered(At(104), new RegistryReply.Requested(SessionRequests.RequestPairing, Pending)));

    private static CallReceived Begin(double ms) =>
        Call(ms, 2, PairBeginParams.Method, Json(new PairBeginParams(CodeId), ProtocolJson.Default.PairBeginParams));

    private static CallReceived Call(double ms, long callId, string method, JsonElement parameters = default) => new(At(ms), callId, method, parameters);

    private static DateTimeOffset At(double ms) => Start.AddMilliseconds(ms);
}
