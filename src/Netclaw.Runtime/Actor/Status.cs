namespace Akka.Actor;

/// <summary>An outcome as a message. A <see cref="Failure"/> sent to an Ask makes its task fail with the cause.</summary>
/// <remarks>Akka.NET documentation, "Ask: Send-And-Receive-Future".</remarks>
public abstract class Status
{
    private protected Status()
    {
    }

    /// <summary>The positive answer.</summary>
    public sealed class Success(object? status) : Status
    {
        /// <summary>The only instance.</summary>
        public static readonly Success Instance = new(null);

        /// <summary>What was asked for; may be null.</summary>
        public readonly object? Status = status;

        /// <inheritdoc/>
        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    /// <summary>The negative answer; an Ask fails with its cause.</summary>
    public sealed class Failure : Status
    {
        /// <summary>Why it failed.</summary>
        public readonly Exception? Cause;

        /// <summary>What the answerer adds, where it adds something.</summary>
        public readonly object? State;

        /// <summary>With the cause.</summary>
        public Failure(Exception? cause)
            : this(cause, null)
        {
        }

        /// <summary>With the cause.</summary>
        public Failure(Exception? cause, object? state)
        {
            Cause = cause;
            State = state;
        }

        /// <inheritdoc/>
        public override string ToString() => $"Failure: {Cause?.ToString() ?? "null"}";
    }
}
