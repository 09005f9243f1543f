using Akka.Event;

namespace Akka.Actor;

/// <summary>Walks a selection and sends the message to every actor it ends at.</summary>
internal static class SelectionDelivery
{
    public static void Deliver(IInternalActorRef anchor, ActorSelection selection, object message, IActorRef? sender)
    {
        var reached = 0;
        var wild = selection.Path.Any(static each => each is SelectChildPattern or SelectChildRecursive);
        Walk(anchor, selection.Path, target =>
        {
            reached++;
            target.Tell(message, sender);
        });
        if (reached > 0 || ActorSystemImpl.Of(anchor) is not { } system)
            return;

        // Many may be none; one that is not there is a dead letter, and says so when asked.
        if (message is Identify identify)
            sender?.Tell(new ActorIdentity(identify.MessageId, null), ActorRefs.NoSender);
        else if (!wild)
            system.DeadLetters.Tell(new DeadLetter(message, sender ?? system.DeadLetters, new EmptyLocalActorRef(system, anchor.Path / selection.Path.Select(static each => each.ToString()!))), sender);
    }

    private static void Walk(IInternalActorRef at, ReadOnlySpan<SelectionPathElement> path, Action<IInternalActorRef> reach)
    {
        if (path.Length == 0)
        {
            reach(at);
            return;
        }

        switch (path[0])
        {
            case SelectParent:
                Walk(at.Parent is Nobody ? at : at.Parent, path[1..], reach);
                break;
            case SelectChildName child:
                if (at.GetChild([child.Name]) is IInternalActorRef found and not Nobody)
                    Walk(found, path[1..], reach);
                break;
            case SelectChildPattern pattern:
                foreach (var each in ChildrenOf(at))
                {
                    if (pattern.Matches(each.Path.Name))
                        Walk(each, path[1..], reach);
                }

                break;
            case SelectChildRecursive:
                foreach (var each in ChildrenOf(at))
                {
                    reach(each);
                    Walk(each, path, reach);
                }

                break;
        }
    }

    private static IEnumerable<IInternalActorRef> ChildrenOf(IInternalActorRef at) => at switch
    {
        LocalActorRef local => local.Cell.GetChildren().Cast<IInternalActorRef>(),
        RootActorRef root => root.Children,
        _ => [],
    };
}
