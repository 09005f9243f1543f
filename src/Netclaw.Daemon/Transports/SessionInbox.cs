using Akka.Actor;
using Akka.Hosting;
using Microsoft.Extensions.Logging;
using Netclaw.Actors.Sessions;

namespace Netclaw.Daemon.Transports;

/// <summary>The way from a transport to its session. Inputs said before the session's actor is known wait for it, in their order. Used under the transport's own lock.</summary>
internal sealed class SessionInbox
{
    private static readonly TimeSpan OpenBudget = TimeSpan.FromSeconds(5);

    private List<SessionInput>? _early = [];
    private IActorRef _session = ActorRefs.Nobody;

    /// <summary>Asks for the session; <paramref name="attach"/> hears its actor. When refused, the transport has been told why and closes by itself.</summary>
    public static async Task OpenAsync(IRequiredActor<SessionSupervisor> supervisor, OpenSession open, Action<IActorRef> attach, ILogger log)
    {
        try
        {
            attach(await supervisor.ActorRef.Ask<object>(open, OpenBudget).ConfigureAwait(false) is SessionOpened opened ? opened.Session : ActorRefs.Nobody);
        }
        catch (AskTimeoutException e)
        {
            TransportLog.NotOpened(log, open.Id, e.Message);
            open.Transport.Abort();
        }
    }

    /// <summary>The session's actor is there: what was said before goes to it first.</summary>
    public void Attach(IActorRef session)
    {
        _early!.ForEach(input => session.Tell(input, ActorRefs.NoSender));
        _early = null;
        _session = session;
    }

    public void Tell(SessionInput input)
    {
        if (_early is { } early)
        {
            early.Add(input);
        }
        else
        {
            _session.Tell(input, ActorRefs.NoSender);
        }
    }
}
