using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>Somebody asks whether something may be done.</summary>
/// <param name="Asker">Who asks, as the session proved it, never as the call says: the device, else the run, else the session. Nobody allows what they asked for themselves.</param>
/// <param name="Session">The connection whose end takes the question back; null: it was asked inside the gateway.</param>
/// <param name="Device">The device that asks, for the audit.</param>
public sealed record ApprovalRequest(ApprovalId Id, string Asker, SessionId? Session, DeviceId? Device, ApprovalMatter Matter, TimeSpan Timeout)
{
    public static readonly TimeSpan DefaultTimeout = TimeSpan.FromMilliseconds(ExecApprovalRequestParams.DefaultTimeoutMs);
    public static readonly TimeSpan LongestTimeout = TimeSpan.FromMilliseconds(ExecApprovalRequestParams.LongestTimeoutMs);
}

/// <summary>A question that waits for its decision.</summary>
public sealed record OpenApproval(ApprovalRequest Request, DateTimeOffset AskedAt, DateTimeOffset Deadline);

/// <summary>A question that is over.</summary>
/// <param name="By">Who decided, as audit records name them; null: nobody.</param>
public sealed record EndedApproval(
    ApprovalId Id, string Asker, DateTimeOffset AskedAt, DateTimeOffset Deadline, DateTimeOffset At, ApprovalDecision Decision, ApprovalEnd End, string? By);
