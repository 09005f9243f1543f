namespace Netclaw.Actors.Approvals;

/// <summary>What an operator says. In text: <c>deny</c>, <c>allow-once</c>, <c>allow-always</c>. Whatever was never set denies.</summary>
public enum ApprovalDecision
{
    Deny,
    AllowOnce,
    AllowAlways,
}
