using System.Collections.Immutable;
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
        var reason = batch.Events.OfType<RegistryEvent.DeviceRevoked>().LastOrDefault(@event => @event.Device == revoked.Device.Id)?.Reason;
        Close(_parts.Live.ForDevice(revoked.Device.Id), asker, revoked, new SessionInput.DeviceRevoked(batch.Now, revoked.Device.Id, reason));
    }

    private void Close(ImmutableArray<LiveSession> sessions, IActorRef asker, RegistryReply.Revoked revoked, SessionInput.DeviceRevoked input)
    {
        var complete = revoked with { ConnectionsClosed = sessions.Length };
        if (sessions.IsEmpty)
        {
            asker.Tell(complete, Self);
            return;
        }

        Context.ActorOf(Akka.Actor.Props.Create(typeof(RevocationCloser), new Revocation(input, sessions, asker, complete), _parts.Log));
    }

    /// <summary>
    /// After a recovery in a living process: what was written just before this actor failed may not have been told. At the start of a
    /// process nobody is there to tell.
    /// </summary>
    private void TellWhatWasMissed(DateTimeOffset now)
    {
        foreach (var session in _parts.Live.All)
        {
            if (session.Request is { } request && session.Device is { } waiting && !_state.Pending.ContainsKey(request))
            {
                var approved = _state.Devices.TryGetValue(waiting, out var device) && !device.IsRevoked ? device : null;
                session.Actor.Tell(new SessionInput.PairingResolved(
                    now, request, approved, approved is null ? RefusalCode.PairingRequestNotFound : null, null));
            }
        }

        var revoked = _parts.Live.All
            .Where(session => session.State is SessionState.Active && session.Device is { } id && _state.Devices.TryGetValue(id, out var device) && device.IsRevoked)
            .ToLookup(session => session.Device!.Value);
        foreach (var sessions in revoked)
        {
            Close([.. sessions], ActorRefs.Nobody, new RegistryReply.Revoked(0, _state.Devices[sessions.Key], 0), new SessionInput.DeviceRevoked(now, sessions.Key, null));
        }
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
