using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>When devices were last seen: connecting writes nothing; who came or went is written in batches, who stays is written now and then.</summary>
public sealed partial class DeviceRegistryActor
{
    private void StartSeeing()
    {
        Timers.StartPeriodicTimer(nameof(SeenDue), SeenDue.Instance, _parts.Options.SeenEvery);
        Timers.StartPeriodicTimer(nameof(ConnectedDue), ConnectedDue.Instance, _parts.Options.ConnectedEvery);
    }

    private void NoteWhoStays()
    {
        foreach (var device in _parts.Live.All.Select(session => session.Admitted).OfType<DeviceId>())
        {
            _parts.Live.Seen.Note(device);
        }
    }

    /// <summary>With a journal that does not write, what was seen is kept for the one after it.</summary>
    private void WriteSeen()
    {
        if (Health.Failure is null && _parts.Live.Seen.Take() is { IsEmpty: false } seen)
        {
            Wait(new RegistryCommand.NoteSeen(0, Now, seen), ActorRefs.Nobody);
        }
    }

    private sealed class SeenDue
    {
        public static readonly SeenDue Instance = new();
    }

    private sealed class ConnectedDue
    {
        public static readonly ConnectedDue Instance = new();
    }
}
