using Netclaw.Protocol;

namespace Netclaw.Actors.Audit;

/// <summary>What is audited.</summary>
public enum AuditKind
{
    Authentication,
    Pairing,
    Revocation,
    Bootstrap,
    Shutdown,
    Invocation,

    /// <summary>What operators were asked to allow.</summary>
    Approval,
}

/// <summary>Who, what, on which evidence, decided how. No secrets by construction: ids, addresses and codes only.</summary>
/// <param name="Code">A refusal's name, or <c>ok</c>.</param>
public sealed record AuditRecord(
    DateTimeOffset At, AuditKind Kind, string Subject, string Action, string Outcome, string Code, SessionId? Session, DeviceId? Device, string Transport, string ClientAddress, string? Detail)
{
    /// <summary>Refused by the policy: the check that failed.</summary>
    public string? Check { get; init; }

    /// <summary>The Host that a connection named, as it was sent.</summary>
    public string? Host { get; init; }

    /// <summary>True when a proxy or tunnel left a trace in the request.</summary>
    public bool? Forwarded { get; init; }
}

/// <summary>Where audit records go. Must not block; must not throw.</summary>
public interface IAuditLog
{
    void Write(AuditRecord record);
}
