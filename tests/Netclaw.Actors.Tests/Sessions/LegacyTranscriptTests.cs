using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionSamples;

namespace Netclaw.Actors.Sessions;

/// <summary>A token of an earlier gateway, spent on a key: whole conversations.</summary>
public sealed class LegacyTranscriptTests
{
    private static readonly Device Enrolled = PairedLaptop with { Via = PairedVia.Import, PairedBy = $"legacy:{WaitingLegacy.Id}" };

    [Fact]
    public void RightToken_IsSpentFirst_ThenTheKeyIsDecidedOn() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.EnrolLegacy, Enrolled)))
        .Then(new AccessDecided(At(21), SessionRequests.AccessOfEnrolled, new AccessDecision.Granted(LaptopPrincipal), ""))
        .AssertMatches("legacy-enrols");

    [Fact]
    public void TokenSpentMeanwhile_IsRefusedByTheRegistry() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Refused(SessionRequests.EnrolLegacy, RefusalCode.LegacyTokenSpent, "used for another device")))
        .AssertMatches("legacy-spent-meanwhile");

    [Fact]
    public void DeviceRevokedBetweenEnrolmentAndWelcome_IsRefused() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.EnrolLegacy, Enrolled)))
        .Then(new DeviceRevoked(At(21), Laptop, "stolen"))
        .Then(new AccessDecided(At(22), SessionRequests.AccessOfEnrolled, new AccessDecision.Granted(LaptopPrincipal), ""))
        .AssertMatches("legacy-revoked-meanwhile");

    [Fact]
    public void RegistryThatStops_IsUnavailable() => Asking()
        .Then(new RegistryStopped(At(15)))
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.EnrolLegacy, Enrolled)))
        .AssertMatches("legacy-registry-stopped");

    [Fact]
    public void TransportThatGoesMeanwhile_DropsTheLateAnswer() => Asking()
        .Then(new TransportClosed(At(15), "reset"))
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.EnrolLegacy, Enrolled)))
        .AssertMatches("legacy-closed-meanwhile");

    [Fact]
    public void PolicyThatSaysItTwice_IsADefect_NotALoop() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.EnrolLegacy, Enrolled)))
        .Then(new AccessDecided(At(21), SessionRequests.AccessOfEnrolled, LegacyEnrolment, ""))
        .AssertMatches("legacy-twice");

    [Fact]
    public void TokenHasNoSay_OnceItIsSpent()
    {
        var spent = Asking().Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.EnrolLegacy, Enrolled)));

        var asked = Assert.Single(spent.Effects.OfType<SessionEffect.Decide>()).Credentials;

        Assert.Equal((LegacyVerdict.Absent, (LegacyDeviceId?)null), (asked.Legacy, asked.LegacyDevice));
    }

    private static Transcript Asking() => new Transcript(new SessionState.AwaitingHello(Facts, Challenge, Deadline))
        .Then(new CallReceived(At(10), 1, ConnectParams.Method, Json(Hello(), ProtocolJson.Default.ConnectParams)))
        .Then(new CredentialsChecked(At(11), SessionRequests.Proof, LegacyShown))
        .Then(new AccessDecided(At(12), SessionRequests.Access, LegacyEnrolment, ""));

    private static DateTimeOffset At(double ms) => Start.AddMilliseconds(ms);
}
