using Akka.Actor;
using Netclaw.Actors.Pairing;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>Who waits for a request to be decided, other than the session it was made on; and what was decided lately, for whoever asks a little late.</summary>
public sealed partial class DeviceRegistryActor
{
    private const int WatchersPerRequest = 32;
    private const int OutcomesKept = 256;

    private readonly Dictionary<PairingRequestId, List<(IActorRef Asker, long CommandId)>> _watchers = [];
    private readonly Dictionary<PairingRequestId, PairingOutcome> _outcomes = [];
    private readonly Queue<PairingRequestId> _outcomesByAge = new();

    private void Watch(WatchRequest watch)
    {
        if (_state.Pending.TryGetValue(watch.RequestId, out var pending) && pending.Key.DeviceId == watch.Device)
        {
            var waiting = _watchers.TryGetValue(watch.RequestId, out var present) ? present : _watchers[watch.RequestId] = [];
            if (waiting.Count < WatchersPerRequest)
            {
                waiting.Add((Sender, watch.CommandId));
                return;
            }

            Sender.Tell(new RegistryReply.Refused(watch.CommandId, RefusalCode.TooManyOpenCalls, $"{waiting.Count} calls wait for {watch.RequestId} already"), Self);
            return;
        }

        var outcome = _outcomes.GetValueOrDefault(watch.RequestId);
        Sender.Tell(
            outcome is null || (outcome.Approved is { } device && device.Id != watch.Device)
                ? new RegistryReply.Resolved(watch.CommandId, watch.RequestId, null, RefusalCode.PairingRequestNotFound)
                : new RegistryReply.Resolved(watch.CommandId, watch.RequestId, outcome.Approved, outcome.Code),
            Self);
    }

    private void TellWatchers(PairingOutcome outcome)
    {
        if (_outcomes.TryAdd(outcome.RequestId, outcome))
        {
            _outcomesByAge.Enqueue(outcome.RequestId);
            if (_outcomesByAge.Count > OutcomesKept)
            {
                _outcomes.Remove(_outcomesByAge.Dequeue());
            }
        }

        if (_watchers.Remove(outcome.RequestId, out var waiting))
        {
            foreach (var (asker, commandId) in waiting)
            {
                asker.Tell(new RegistryReply.Resolved(commandId, outcome.RequestId, outcome.Approved, outcome.Code), Self);
            }
        }
    }
}
