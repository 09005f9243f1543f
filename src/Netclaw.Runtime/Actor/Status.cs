namespace Akka.Actor;

/// <summary>An outcome as a message. A <see cref="Failure"/> sent to an Ask makes its task fail with the cause.</summary>
public abstract class Status
{
    private protected Status()
    {
    }

    public sealed class Success(object? status) : Status
    {
        public static readonly Success Instance = new(null);

        public readonly object? Status = status;

        public override string ToString() => $"Success: {Status ?? "null"}";
    }

    public sealed class Failure : Status
    {
        public readonly Exception? Cause;
        public readonly object? State;

        public Failure(Exception? cause)
            : this(cause, null)
        {
        }

        public Failure(Exception? cause, object? state)
        {
            Cause = cause;
            State = state;
        }

        public override string ToString() => $"Failure: {Cause?.ToString() ?? "null"}";
    }
}
