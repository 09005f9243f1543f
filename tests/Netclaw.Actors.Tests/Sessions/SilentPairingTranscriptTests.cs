using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionSamples;

namespace Netclaw.Actors.Sessions;

/// <summary>Pairing without a prompt, whole conversations.</summary>
public sealed class SilentPairingTranscriptTests
{
    private static readonly Device Local = PairedLaptop with { Via = PairedVia.Local, PairedBy = "local:uid=1000" };

    [Fact]
    public void LocalDevice_IsPairedFirst_ThenDecidedAgain() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.PairSilently, Local)))
        .Then(new AccessDecided(At(21), SessionRequests.AccessOfPaired, new AccessDecision.Granted(LaptopPrincipal), ""))
        .Then(new RegistryAnswered(At(22), new RegistryReply.Paired(SessionRequests.PairSilently, Local)))
        .AssertMatches("silent-pairs");

    [Fact]
    public void DeviceRevokedBetweenPairingAndWelcome_IsRefused() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.PairSilently, Local)))
        .Then(new DeviceRevoked(At(21), Laptop, "stolen"))
        .Then(new AccessDecided(At(22), SessionRequests.AccessOfPaired, new AccessDecision.Granted(LaptopPrincipal), ""))
        .AssertMatches("silent-revoked-meanwhile");

    [Fact]
    public void DeviceRevokedWhileItIsPaired_IsRefused() => Asking()
        .Then(new DeviceRevoked(At(15), Laptop, "stolen"))
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.PairSilently, Local)))
        .AssertMatches("silent-revoked-first");

    [Fact]
    public void SuspendedMeanwhile_IsRefusedByTheRegistry() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Refused(SessionRequests.PairSilently, RefusalCode.PairingRequired, "suspended")))
        .AssertMatches("silent-refused");

    [Fact]
    public void RegistryThatStops_IsUnavailable() => Asking()
        .Then(new RegistryStopped(At(15)))
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.PairSilently, Local)))
        .AssertMatches("silent-registry-stopped");

    [Fact]
    public void TransportThatGoesMeanwhile_DropsTheLateAnswer() => Asking()
        .Then(new TransportClosed(At(15), "reset"))
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.PairSilently, Local)))
        .AssertMatches("silent-closed-meanwhile");

    [Fact]
    public void SilentRegistry_EndsAtTheDeadline() => Asking()
        .Then(new DeadlinePassed(Deadline, Deadline))
        .AssertMatches("silent-deadline");

    [Fact]
    public void PolicyThatSaysItTwice_IsADefect_NotALoop() => Asking()
        .Then(new RegistryAnswered(At(20), new RegistryReply.Paired(SessionRequests.PairSilently, Local)))
        .Then(new AccessDecided(At(21), SessionRequests.AccessOfPaired, LocalPairing, ""))
        .AssertMatches("silent-twice");

    private static Transcript Asking() => new Transcript(new SessionState.AwaitingHello(Facts, Challenge, Deadline))
        .Then(new CallReceived(At(10), 1, ConnectParams.Method, Json(Hello(), ProtocolJson.Default.ConnectParams)))
        .Then(new CredentialsChecked(At(11), SessionRequests.Proof, Credentials.Of(ProofVerdict.Valid)))
        .Then(new AccessDecided(At(12), SessionRequests.Access, LocalPairing, ""));

    private static DateTimeOffset At(double ms) => Start.AddMilliseconds(ms);
}
