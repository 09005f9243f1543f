namespace Akka.Persistence;

/// <summary>Told to the recovery handler last, before any command. Events may be persisted from here on.</summary>
/// <remarks>Akka.NET documentation, "Persistence: Event Sourcing".</remarks>
public sealed class RecoveryCompleted
{
    /// <summary>The only instance.</summary>
    public static readonly RecoveryCompleted Instance = new();

    private RecoveryCompleted()
    {
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RecoveryCompleted;

    /// <inheritdoc/>
    public override int GetHashCode() => nameof(RecoveryCompleted).Length;
}
