namespace Netclaw.Actors.Bootstrap;

/// <summary>How far this installation has come (recovery.md). Only ever moves forward.</summary>
public enum BootstrapPhase
{
    NotStarted,

    /// <summary>The host device is enrolled; no non-local start has succeeded yet.</summary>
    Seeded,

    /// <summary>A non-local start has succeeded.</summary>
    Completed,
}
