namespace Akka.Dispatch;

/// <summary>Work for a dispatcher or the scheduler.</summary>
public interface IRunnable
{
    void Run();
}

public sealed class ActionRunnable(Action action) : IRunnable
{
    public void Run() => action();
}
