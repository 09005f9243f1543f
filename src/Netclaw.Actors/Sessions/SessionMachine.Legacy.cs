using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>
/// A token of an earlier gateway (recovery.md): spent in the durable write that enrols the key, before anything is answered; then the policy decides again, about
/// the key alone. If the answer is lost, the key is paired and the token dead: the client comes back with its key.
/// </summary>
public static partial class SessionMachine
{
    private const string LegacyAction = "pair.legacy";

    private static Transition Enrol(Identifying s, AccessDecided i, AccessDecision.EnrolLegacy enrol) => new(
        new EnrollingLegacy(s.Facts, s.Challenge, s.Deadline, s.CallId, s.Hello, s.Credentials, enrol),
        new SessionEffect.AskRegistry(new RegistryCommand.EnrolLegacy(
            SessionRequests.EnrolLegacy, i.Now, enrol.Legacy, enrol.Key, s.Hello.Client.Platform, s.Facts.Evidence.ClientAddress)));

    private static Transition Enrolled(EnrollingLegacy s, RegistryAnswered i) => i.Reply switch
    {
        RegistryReply.Paired { Device: var device } => new Transition(
            new LegacyEnrolled(s.Facts, s.Challenge, s.Deadline, s.CallId, s.Hello, device.Id),
            new SessionEffect.Record(
                AuditKind.Pairing, LegacyAction, AuditOutcome.Ok, "ok", device.Id.Short, device.Id, $"{device.Name}: {device.Scopes}; {s.Enrolment.Legacy}"),
            new SessionEffect.Decide(SessionRequests.AccessOfEnrolled, s.Hello, s.Credentials.WithoutLegacy())),
        RegistryReply.Refused refused => End(s, i.Now, refused.Code, refused.Seen),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the registry answered {other.GetType().Name} while {s.Name}"),
    };

    private static Transition DecidedOnEnrolled(LegacyEnrolled s, AccessDecided i) => i.Decision switch
    {
        AccessDecision.Granted granted => Welcome(s, i, s.CallId, s.Hello, granted.Principal),
        AccessDecision.Refused refused => End(s, i.Now, Error(refused), refused.Code, check: refused.Check),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the policy said {other.GetType().Name} about a device that was just enrolled"),
    };
}
