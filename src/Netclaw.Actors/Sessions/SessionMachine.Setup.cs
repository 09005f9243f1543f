using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// A setup code: spent in the durable write that pairs the key, before anything is answered; then the policy decides again, on what the registry holds by now. If
/// the answer is lost, the same key may show the same code again.
/// </summary>
public static partial class SessionMachine
{
    private const string SetupAction = "pair.setup";

    private static Transition Redeem(Identifying s, AccessDecided i, AccessDecision.RedeemSetup redeem) => new(
        new RedeemingSetup(s.Facts, s.Challenge, s.Deadline, s.CallId, s.Hello, s.Credentials, redeem),
        new SessionEffect.AskRegistry(new RegistryCommand.RedeemSetup(
            SessionRequests.RedeemSetup, i.Now, redeem.Setup, redeem.Key, s.Hello.Pairing?.Name ?? s.Hello.Client.DisplayName ?? s.Hello.Client.Id, s.Hello.Client.Platform,
            s.Facts.Evidence.ClientAddress)));

    private static Transition Redeemed(RedeemingSetup s, RegistryAnswered i) => i.Reply switch
    {
        RegistryReply.Paired { Device: var device } => new Transition(
            new SetupRedeemed(s.Facts, s.Challenge, s.Deadline, s.CallId, s.Hello, s.Credentials, device.Id),
            new SessionEffect.Record(
                AuditKind.Pairing, SetupAction, AuditOutcome.Ok, "ok", device.Id.Short, device.Id, $"{device.Name}: {device.Scopes}; {s.Setup.Setup}"),
            new SessionEffect.Publish(PairingEvents.SetUp(i.Now, SetupCompletions.Of(s.Setup.Setup, device.Id, device.Name, s.Setup.IsForApp, i.Now))),
            new SessionEffect.Decide(SessionRequests.AccessBySetup, s.Hello, s.Credentials)),
        RegistryReply.Refused refused => End(s, i.Now, refused.Code, refused.Seen),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the registry answered {other.GetType().Name} while {s.Name}"),
    };

    private static Transition DecidedBySetup(SetupRedeemed s, AccessDecided i) => i.Decision switch
    {
        AccessDecision.Granted granted => Let(s, i, s.CallId, s.Deadline, s.Hello, s.Credentials, granted.Principal),
        AccessDecision.Refused refused => End(s, i.Now, Error(refused), refused.Code, check: refused.Check),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the policy said {other.GetType().Name} about a device that was just paired"),
    };
}
