using Akka.Actor;

namespace Akka.Persistence;

/// <summary>
/// The commands that came while an actor was recovering or waiting for its journal. They go back before the mailbox one at a time, so that
/// each may persist and make the others wait again.
/// </summary>
internal sealed class CommandStash(ActorCell cell, int capacity)
{
    private readonly Queue<Envelope> _waiting = new();
    private object? _goingBack;

    /// <summary>Puts the current command aside; false when there is no room.</summary>
    public bool TryAdd(object message)
    {
        if (capacity > 0 && _waiting.Count >= capacity)
        {
            return false;
        }

        _waiting.Enqueue(new Envelope(message, cell.CurrentSender));
        return true;
    }

    /// <summary>Notes that a command has come; it may be the one that was given back.</summary>
    public void Arrived(object message)
    {
        if (ReferenceEquals(message, _goingBack))
        {
            _goingBack = null;
        }
    }

    /// <summary>Gives the next command back, unless the last one is still on its way: order would suffer.</summary>
    public void GiveNextBack()
    {
        if (_goingBack is null && _waiting.TryDequeue(out var next))
        {
            _goingBack = next.Message;
            cell.Prepend([next]);
        }
    }

    /// <summary>Gives everything back in order: the actor ends or gets a new instance.</summary>
    public void GiveAllBack()
    {
        List<Envelope> all = [.. _waiting];
        if (_goingBack is not null && cell.TryTakeBack(_goingBack, out var first))
        {
            all.Insert(0, first);
        }

        _goingBack = null;
        _waiting.Clear();
        cell.Prepend(all);
    }
}
