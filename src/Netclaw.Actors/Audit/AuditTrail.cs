using Netclaw.Actors.Devices;
using Netclaw.Actors.Sessions;
using Netclaw.Actors.Trust;
using Netclaw.Protocol;

namespace Netclaw.Actors.Audit;

/// <summary>The one place where audit records are built: who, what, on which evidence, decided how.</summary>
public sealed class AuditTrail(IAuditLog log)
{
    private const int LongestDetail = 300;

    /// <summary>A connection's own doing: it authenticated, was refused, paired itself or gave up.</summary>
    public void Session(SessionEffect.Record record, SessionFacts facts, DateTimeOffset now) => Write(new AuditRecord(
        now, record.Kind, record.Subject, record.Action, Text(record.Outcome), record.Code, facts.Id, record.Device,
        facts.Evidence.Transport, facts.Evidence.ClientAddress, record.Detail) { Check = record.Check }.With(facts.Evidence));

    /// <summary>An operator's doing, by a call.</summary>
    /// <param name="device">The device that was decided about.</param>
    public void Operator(AuditKind kind, string action, Principal by, SessionId session, DateTimeOffset now, AuditOutcome outcome, string code, DeviceId? device, string? detail) =>
        Write(new AuditRecord(now, kind, by.Subject, action, Text(outcome), code, session, device, by.MethodName, "", detail));

    /// <summary>The gateway's own doing, on somebody's earlier word.</summary>
    public void Gateway(AuditKind kind, string action, string subject, DateTimeOffset now, DeviceId device, string? detail) =>
        Write(new AuditRecord(now, kind, subject, action, Text(AuditOutcome.Ok), "ok", Session: null, device, "daemon", "", detail));

    /// <summary>A question to operators that nobody decided.</summary>
    /// <param name="code">How it ended.</param>
    /// <param name="device">The device that asked.</param>
    public void Undecided(string action, DateTimeOffset now, string code, DeviceId? device, string? detail) =>
        Write(new AuditRecord(now, AuditKind.Approval, "nobody", action, Text(AuditOutcome.Abandoned), code, Session: null, device, "daemon", "", detail));

    /// <summary>A plain HTTP request that had to say who it is.</summary>
    public void PlainRequest(ConnectionEvidence evidence, AccessDecision decision, string path, DateTimeOffset now) => Write(new AuditRecord(
        now, AuditKind.Authentication, decision is AccessDecision.Granted { Principal: var who } ? who.Subject : "nobody", $"http.get {path}",
        Text(decision is AccessDecision.Granted ? AuditOutcome.Ok : AuditOutcome.Refused), decision is AccessDecision.Refused { CodeName: var code } ? code : "ok",
        Session: null, Device: null, evidence.Transport, evidence.ClientAddress, (decision as AccessDecision.Refused)?.Seen)
        { Check = (decision as AccessDecision.Refused)?.Check }.With(evidence));

    private void Write(AuditRecord record) => log.Write(record with { Detail = OneLine(record.Detail), Host = OneLine(record.Host) });

    private static string Text(AuditOutcome outcome) => outcome switch
    {
        AuditOutcome.Ok => "ok",
        AuditOutcome.Refused => "refused",
        AuditOutcome.Abandoned => "abandoned",
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "no such outcome"),
    };

    /// <summary>Details hold what clients sent: one line, bounded, so that nobody writes records of their own.</summary>
    private static string? OneLine(string? detail)
    {
        if (detail is null)
        {
            return null;
        }

        var text = detail.Length > LongestDetail ? detail[..LongestDetail] + "..." : detail;
        return text.Any(char.IsControl) ? string.Concat(text.Select(symbol => char.IsControl(symbol) ? ' ' : symbol)) : text;
    }
}

file static class AuditEvidence
{
    /// <summary>What a decision may have rested on, beside transport and address.</summary>
    public static AuditRecord With(this AuditRecord record, ConnectionEvidence evidence) =>
        record with { Host = evidence.Host, Forwarded = evidence.Forwarded ? true : null };
}
