namespace Akka.Persistence;

/// <summary>Told to the recovery handler last, before any command. Events may be persisted from here on.</summary>
public sealed class RecoveryCompleted
{
    public static readonly RecoveryCompleted Instance = new();

    private RecoveryCompleted()
    {
    }

    public override bool Equals(object? obj) => obj is RecoveryCompleted;

    public override int GetHashCode() => nameof(RecoveryCompleted).Length;
}
