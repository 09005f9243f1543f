namespace Netclaw.Crash.Vfs.Recording;

/// <summary>Every change in the order in which it was made, whichever way it went. Written by its <see cref="IoScope"/>, under that one's lock.</summary>
public sealed class IoLog
{
    private readonly List<IoEvent> _events = [];

    public IReadOnlyList<IoEvent> Events => _events;

    public void Add(IoEvent @event) => _events.Add(@event);
}
