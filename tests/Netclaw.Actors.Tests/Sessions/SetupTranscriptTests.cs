using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionSamples;

namespace Netclaw.Actors.Sessions;

/// <summary>A setup code, spent on a key: whole conversations.</summary>
public sealed class SetupTranscriptTests
{
    private static readonly Device Joined = PairedLaptop with { Via = PairedVia.Setup };

    [Fact]
    public void RightCode_IsSpentFirst_ThenTheKeyIsDecidedOn() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.RedeemSetup, Joined)))
        .Then(new AccessDecided(At(21), SessionRequests.AccessBySetup, new AccessDecision.Granted(LaptopPrincipal with { Method = AuthMethod.BootstrapToken }), ""))
        .AssertMatches("setup-joins");

    [Fact]
    public void ProtocolClient_IsGivenItsTokenBesideTheWelcome() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.RedeemSetup, Joined)))
        .Then(new AccessDecided(At(21), SessionRequests.AccessBySetup, new AccessDecision.Granted(LaptopPrincipal with { Method = AuthMethod.BootstrapToken }), "") { NeedsToken = true })
        .Then(new RegistryAnswered(At(22), new RegistryReply.Changed(SessionRequests.IssueToken, Joined, 0)))
        .Then(new AccessDecided(At(23), SessionRequests.AccessWithToken, new AccessDecision.Granted(LaptopPrincipal with { Method = AuthMethod.BootstrapToken }), "") { Token = new IssuedToken(new Secret("the-token"), 1) })
        .AssertMatches("setup-joins-with-token");

    [Fact]
    public void CodeSpentMeanwhile_IsRefusedByTheRegistry() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Refused(SessionRequests.RedeemSetup, RefusalCode.SetupCodeInvalid, "the setup code has paired another device")))
        .AssertMatches("setup-spent-meanwhile");

    [Fact]
    public void DeviceRevokedBetweenPairingAndWelcome_IsRefused() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.RedeemSetup, Joined)))
        .Then(new DeviceRevoked(At(21), Laptop, "stolen"))
        .Then(new AccessDecided(At(22), SessionRequests.AccessBySetup, new AccessDecision.Granted(LaptopPrincipal), ""))
        .AssertMatches("setup-revoked-meanwhile");

    [Fact]
    public void RegistryThatStops_IsUnavailable() => Asking()
        .Then(new RegistryStopped(At(15)))
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.RedeemSetup, Joined)))
        .AssertMatches("setup-registry-stopped");

    [Fact]
    public void PolicyThatSaysItTwice_IsADefect_NotALoop() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.RedeemSetup, Joined)))
        .Then(new AccessDecided(At(21), SessionRequests.AccessBySetup, SetupRedemption, ""))
        .AssertMatches("setup-twice");

    private static Transcript Asking() => new Transcript(new SessionState.AwaitingHello(Facts, Challenge, Deadline))
        .Then(new CallReceived(At(10), 1, ConnectParams.Method, Json(Hello(), ProtocolJson.Default.ConnectParams)))
        .Then(new CredentialsChecked(At(11), SessionRequests.Proof, SetupShown))
        .Then(new AccessDecided(At(12), SessionRequests.Access, SetupRedemption, ""));

    private static DateTimeOffset At(double ms) => Start.AddMilliseconds(ms);
}
