using Akka.Actor;
using Netclaw.Actors.Pairing;
using Netclaw.Actors.Sessions;
using Netclaw.Protocol;

namespace Netclaw.Actors.Devices;

/// <summary>Who is told what, once it is durable, or once it is known that it will not be.</summary>
public sealed partial class DeviceRegistryActor
{
    private void Tell(PairingOutcome? outcome, DateTimeOffset now)
    {
        if (outcome is null)
        {
            return;
        }

        foreach (var session in _parts.Live.ForRequest(outcome.RequestId))
        {
            session.Actor.Tell(new SessionInput.PairingResolved(now, outcome.RequestId, outcome.Approved, outcome.Code, outcome.Reason));
        }
    }

    private void Answer(IActorRef asker, RegistryReply reply, RegistryBatch batch)
    {
        if (reply is not RegistryReply.Revoked revoked)
        {
            asker.Tell(reply, Self);
            return;
        }

        // After the swap: a session that entered the index before it saw the revocation is in it now, any later one sees the revocation.
        var sessions = _parts.Live.ForDevice(revoked.Device.Id);
        var complete = revoked with { ConnectionsClosed = sessions.Length };
        if (sessions.IsEmpty)
        {
            asker.Tell(complete, Self);
            return;
        }

        var reason = batch.Events.OfType<RegistryEvent.DeviceRevoked>().LastOrDefault(@event => @event.Device == revoked.Device.Id)?.Reason;
        var input = new SessionInput.DeviceRevoked(batch.Now, revoked.Device.Id, reason);
        Context.ActorOf(Akka.Actor.Props.Create(typeof(RevocationCloser), new Revocation(input, sessions, asker, complete), _parts.Log));
    }

    private void RefuseAll(RefusalCode code, string seen)
    {
        foreach (var (asker, reply) in _writing?.Answers ?? [])
        {
            asker.Tell(new RegistryReply.Refused(reply.CommandId, code, seen), Self);
        }

        _writing = null;
        while (_waiting.TryDequeue(out var asked))
        {
            asked.Asker.Tell(new RegistryReply.Refused(asked.Command.CommandId, code, seen), Self);
        }
    }
}
