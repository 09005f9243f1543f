namespace Akka.TestKit;

/// <summary>Keeps events from being printed until it is undone or disposed.</summary>
public interface IUnmutableFilter : IDisposable
{
    void Unmute();
}
