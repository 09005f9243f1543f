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
}

/// <summary>Who, what, on which evidence, decided how. No secrets by construction: ids, addresses and codes only.</summary>
/// <param name="Code">A refusal's name, or <c>ok</c>.</param>
public sealed record AuditRecord(
    DateTimeOffset At, AuditKind Kind, string Subject, string Action, string Outcome, string Code, SessionId? Session, DeviceId? Device, string Transport, string ClientAddress, string? Detail);

/// <summary>Where audit records go. Must not block; must not throw.</summary>
public interface IAuditLog
{
    void Write(AuditRecord record);
}
