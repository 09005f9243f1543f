using System.Collections.Immutable;
using System.Diagnostics;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;
using static Netclaw.Actors.Audit.HandshakeWords;

namespace Netclaw.Actors.Audit;

/// <summary>
/// One handshake as one trace: a root span from accept to the outcome, the policy's checks as its events. Costs nothing while nobody listens to
/// <see cref="Source"/>. It carries codes, names and the client's address; nothing that a client proves itself with.
/// </summary>
public sealed class HandshakeTrace
{
    private static readonly ActivitySource Spans = new(Source);

    private readonly Activity _span;

    private HandshakeTrace(Activity span) => _span = span;

    /// <returns>Null when nobody listens, or the sampler does not want it.</returns>
    public static HandshakeTrace? Begin(SessionId session, ConnectionEvidence evidence)
    {
        if (!Spans.HasListeners())
        {
            return null;
        }

        // A root, whatever the client or the thread brought along; and the thread goes on to other sessions, so nothing stays current.
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Spans.StartActivity(Span, ActivityKind.Server, default(ActivityContext), AtAccept(session, evidence), null, evidence.AcceptedAt) is { IsAllDataRequested: true } span
                ? new HandshakeTrace(span)
                : null;
        }
        finally
        {
            Activity.Current = current;
        }
    }

    /// <summary>A connection that never got a session.</summary>
    public static void Refuse(SessionId session, ConnectionEvidence evidence, RefusalCode code, DateTimeOffset now) =>
        Begin(session, evidence)?.End(Refused, RefusalTable.For(code).Name, now);

    /// <summary>The policy was asked: an event for each check up to the one that answered.</summary>
    /// <param name="answered">Its place in <paramref name="checks"/>; outside of them when none was asked, or none answered.</param>
    public void Checked(ImmutableArray<TrustCheck> checks, int answered, AccessDecision decision, DateTimeOffset now)
    {
        for (var i = 0; i < Math.Min(answered, checks.Length); i++)
        {
            CheckOf(checks[i].Name, passed: true, null, null, now);
        }

        var refused = decision as AccessDecision.Refused;
        var last = answered >= 0 && answered < checks.Length ? checks[answered].Name : refused?.Check ?? "end";
        CheckOf(last, refused is null, Text(decision), refused?.Check == last ? null : refused?.Check, now);
    }

    /// <summary>What went through the session's gate.</summary>
    /// <returns>Itself, or null when that was the end of the handshake.</returns>
    public HandshakeTrace? Saw(SessionState before, SessionInput input, SessionState after)
    {
        if (input is SessionInput.AccessDecided decided && before is SessionState.Identifying asking)
        {
            _span.SetTag(AskedRole, NativeTranscript.RoleText(asking.Hello.Role));
            if (decided.Decision is AccessDecision.MustPair pair)
            {
                _span.AddEvent(new ActivityEvent(PairingEvent, decided.Now, new ActivityTagsCollection { { Flow, Text(pair.Intent.Flow) } }));
            }
        }

        return after switch
        {
            SessionState.Active active => End(Granted, "ok", input.Now, active.Principal.MethodName),
            SessionState.Closed when input is SessionInput.TransportClosed => End(Abandoned, Abandoned, input.Now),
            SessionState.Closed closed => End(Refused, closed.Cause, input.Now),
            _ => this,
        };
    }

    private void CheckOf(string name, bool passed, string? decision, string? condition, DateTimeOffset at)
    {
        var tags = new ActivityTagsCollection { { Check, name }, { Passed, passed } };
        if (decision is not null)
        {
            tags.Add(Decision, decision);
        }

        if (condition is not null)
        {
            tags.Add(Condition, condition);
        }

        _span.AddEvent(new ActivityEvent(CheckEvent, at, tags));
    }

    private HandshakeTrace? End(string outcome, string code, DateTimeOffset now, string? method = null)
    {
        _span.SetTag(Outcome, outcome).SetTag(Code, code);
        if (method is not null)
        {
            _span.SetTag(Method, method);
        }

        if (code == RefusalTable.For(RefusalCode.InternalError).Name)
        {
            // The one outcome that is a defect: a refusal is the gateway at work.
            _span.SetStatus(ActivityStatusCode.Error);
        }

        var current = Activity.Current;
        _span.SetEndTime(now.UtcDateTime);
        _span.Stop();
        Activity.Current = current;
        return null;
    }

    private static KeyValuePair<string, object?>[] AtAccept(SessionId session, ConnectionEvidence evidence) =>
    [
        new(Session, session.ToString()),
        new(Listener, Text(evidence.Listener)),
        new(Wire, evidence.Wire),
        new(Client, evidence.ClientAddress),
    ];

    private static string Text(PairingFlow flow) => flow == PairingFlow.Code ? "code" : "request";

    private static string Text(ListenerKind listener) => listener switch
    {
        ListenerKind.Control => "control",
        ListenerKind.Shared => "shared",
        ListenerKind.Tcp => "tcp",
        _ => throw new ArgumentOutOfRangeException(nameof(listener), listener, "no such listener"),
    };

    private static string Text(AccessDecision decision) => decision switch
    {
        AccessDecision.Granted => Granted,
        AccessDecision.MustPair => "must-pair",
        AccessDecision.PairSilently => "pair-silently",
        AccessDecision.EnrolLegacy => "enrol-legacy",
        AccessDecision.RedeemSetup => "redeem-setup",
        AccessDecision.Refused => Refused,
        _ => throw new ArgumentOutOfRangeException(nameof(decision), decision, "no such decision"),
    };
}
