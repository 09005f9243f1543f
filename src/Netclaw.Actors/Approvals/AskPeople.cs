using Akka.Actor;
using Netclaw.Protocol;

namespace Netclaw.Actors.Approvals;

/// <summary>A question from inside the gateway, to the actor of approvals; answered once with <see cref="PeopleSaid"/>.</summary>
public sealed record AskPeople(ApprovalRequest Request);

/// <summary>Whoever asked inside the gateway does not wait any more.</summary>
public sealed record TakeBack(ApprovalId Id);

/// <param name="Because">For people: who decided, or why nobody did.</param>
public sealed record PeopleSaid(ApprovalId Id, ApprovalDecision Decision, string Because)
{
    public bool Allows => Decision is ApprovalDecision.AllowOnce or ApprovalDecision.AllowAlways;
}

/// <summary>Asks operators from inside the gateway, for whatever is not a call of a client. Whatever goes wrong is a denial.</summary>
/// <param name="approvals">The actor of approvals.</param>
public sealed class ApprovalDesk(Func<IActorRef> approvals)
{
    /// <summary>For the actor to say that time is over.</summary>
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(5);

    /// <param name="asker">Who asks, such as a run's id or an agent's turn: connections of that name decide nothing of it.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the question was taken back.</exception>
    public async Task<PeopleSaid> AskAsync(string asker, ApprovalMatter matter, TimeSpan timeout, CancellationToken cancellation)
    {
        var id = ApprovalId.New();
        var actor = approvals();
        try
        {
            return await actor.Ask<PeopleSaid>(new AskPeople(new ApprovalRequest(id, asker, Session: null, Device: null, matter, timeout)), timeout + Slack, cancellation);
        }
        catch (AskTimeoutException)
        {
            return new PeopleSaid(id, ApprovalDecision.Deny, "the gateway's own approvals did not answer");
        }
        catch (OperationCanceledException)
        {
            actor.Tell(new TakeBack(id), ActorRefs.NoSender);
            throw;
        }
    }
}
