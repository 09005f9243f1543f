using System.Globalization;
using Netclaw.Actors.Audit;
using Netclaw.Actors.Devices;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Sessions.SessionInput;
using static Netclaw.Actors.Sessions.SessionState;

namespace Netclaw.Actors.Sessions;

/// <summary>Pairing without a prompt (trust.md section 6): durable first; then the policy decides again, on the device as it is by then.</summary>
public static partial class SessionMachine
{
    private static Transition PairFirst(Identifying s, AccessDecided i, AccessDecision.PairSilently pair) => new(
        new PairingSilently(s.Facts, s.Challenge, s.Deadline, s.CallId, s.Hello, s.Credentials, pair),
        new SessionEffect.AskRegistry(new RegistryCommand.PairSilently(
            SessionRequests.PairSilently, i.Now, pair.Key, pair.Role, pair.Scopes, s.Hello.Client.DisplayName ?? s.Hello.Client.Id,
            s.Hello.Client.Platform, pair.Via, Witness(s.Facts.Evidence, pair.Via), s.Facts.Evidence.ClientAddress)));

    private static Transition PairedFirst(PairingSilently s, RegistryAnswered i) => i.Reply switch
    {
        RegistryReply.Paired { Device: var device } => new Transition(
            new SilentlyPaired(s.Facts, s.Challenge, s.Deadline, s.CallId, s.Hello, s.Credentials, device.Id),
            new SessionEffect.Record(
                AuditKind.Pairing, SilentAction(s.Pairing.Via), AuditOutcome.Ok, "ok", device.Id.Short, device.Id, $"{device.Name}: {device.Scopes}; {device.PairedBy}"),
            new SessionEffect.Decide(SessionRequests.AccessOfPaired, s.Hello, s.Credentials)),
        RegistryReply.Refused refused => End(s, i.Now, refused.Code, refused.Seen),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the registry answered {other.GetType().Name} while {s.Name}"),
    };

    private static Transition DecidedAgain(SilentlyPaired s, AccessDecided i) => i.Decision switch
    {
        AccessDecision.Granted granted => Let(s, i, s.CallId, s.Deadline, s.Hello, s.Credentials, granted.Principal),
        AccessDecision.Refused refused => End(s, i.Now, Error(refused), refused.Code, check: refused.Check),
        var other => End(s, i.Now, RefusalCode.InternalError, $"the policy said {other.GetType().Name} about a device that was just paired"),
    };

    private static string SilentAction(SilentVia via) => via switch
    {
        SilentVia.Local => "pair.local",
        SilentVia.Internal => "pair.internal",
        _ => throw new ArgumentOutOfRangeException(nameof(via), via, "no such way"),
    };

    /// <summary>What was believed, in place of an operator's name.</summary>
    private static string Witness(ConnectionEvidence evidence, SilentVia via)
    {
        var who = evidence.RemoteUserId is { } user ? string.Create(CultureInfo.InvariantCulture, $"uid={user}") : evidence.ClientAddress;
        return $"{(via == SilentVia.Internal ? "internal" : "local")}:{who}";
    }
}
