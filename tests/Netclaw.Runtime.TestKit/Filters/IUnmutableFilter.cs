namespace Akka.TestKit;

/// <summary>Keeps events from being printed until it is undone or disposed.</summary>
/// <remarks>Akka.NET documentation, "Testing Actor Systems".</remarks>
public interface IUnmutableFilter : IDisposable
{
    /// <summary>Lets the events into the log again.</summary>
    void Unmute();
}
