namespace Akka.Dispatch;

/// <summary>Work for a dispatcher or the scheduler.</summary>
/// <remarks>Akka.NET documentation, "Dispatchers".</remarks>
public interface IRunnable
{
    /// <summary>Does it, once.</summary>
    void Run();
}

/// <summary>A function as a runnable.</summary>
/// <remarks>Akka.NET documentation, "Dispatchers".</remarks>
public sealed class ActionRunnable(Action action) : IRunnable
{
    /// <inheritdoc/>
    public void Run() => action();
}
