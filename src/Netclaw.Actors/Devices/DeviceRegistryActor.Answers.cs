using System.Collections.Immutable;
using Akka.Actor;
using Netclaw.Actors.Bootstrap;
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

        TellWatchers(outcome);
        foreach (var session in _parts.Live.ForRequest(outcome.RequestId))
        {
            session.Actor.Tell(new SessionInput.PairingResolved(now, outcome.RequestId, outcome.Approved, outcome.Code, outcome.Reason));
        }
    }

    /// <summary>After the swap: a session that entered the index before it saw the change is in it now, any later one sees the change.</summary>
    private void Answer(AskedCommand asked, RegistryReply reply, RegistryBatch batch)
    {
        switch (reply)
        {
            case RegistryReply.Revoked revoked:
                var reason = batch.Events.OfType<RegistryEvent.DeviceRevoked>().LastOrDefault(@event => @event.Device == revoked.Device.Id)?.Reason;
                var sessions = Sabotage.Is(Break.LeaveSessionsOpen) ? [] : _parts.Live.ForDevice(revoked.Device.Id);
                Close(new SessionEnding(
                    new SessionInput.DeviceRevoked(batch.Now, revoked.Device.Id, reason), revoked.Device.Id, sessions, asked.Asker,
                    revoked with { ConnectionsClosed = sessions.Length }));
                break;
            case RegistryReply.HostRotated { Former: { } former } rotated:
                var hosts = _parts.Live.ForDevice(former);
                Close(new SessionEnding(
                    new SessionInput.DeviceRevoked(batch.Now, former, HostRotationRules.Reason), former, hosts, asked.Asker, rotated with { ConnectionsClosed = hosts.Length }));
                break;
            case RegistryReply.Changed changed when EndedBy.Change(asked.Command, changed) is { } ended:
                var affected = _parts.Live.ForDevice(ended.Device).Where(ended.Ends).ToImmutableArray();
                Close(new SessionEnding(
                    new SessionInput.AccessEnded(batch.Now, ended.Device, ended.Seen), ended.Device, affected, asked.Asker,
                    changed with { ConnectionsClosed = affected.Length }, ended.Asker));
                break;
            default:
                asked.Asker.Tell(reply, Self);
                break;
        }
    }

    private void Close(SessionEnding ending)
    {
        if (ending.Sessions.IsEmpty)
        {
            ending.Asker.Tell(ending.Reply, Self);
            return;
        }

        Context.ActorOf(Akka.Actor.Props.Create(typeof(SessionCloser), ending, _parts.Log));
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
            Close(new SessionEnding(
                new SessionInput.DeviceRevoked(now, sessions.Key, null), sessions.Key, [.. sessions], ActorRefs.Nobody,
                new RegistryReply.Revoked(0, _state.Devices[sessions.Key], 0)));
        }
    }

    private void RefuseAll(RefusalCode code, string seen)
    {
        foreach (var (asked, reply) in _writing?.Answers ?? [])
        {
            asked.Asker.Tell(new RegistryReply.Refused(reply.CommandId, code, seen), Self);
        }

        _writing = null;
        while (_waiting.TryDequeue(out var waiting))
        {
            waiting.Asker.Tell(new RegistryReply.Refused(waiting.Command.CommandId, code, seen), Self);
        }
    }
}
