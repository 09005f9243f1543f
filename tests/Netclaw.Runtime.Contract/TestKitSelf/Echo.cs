using Akka.Actor;

namespace Netclaw.Runtime.Contract.TestKitSelf;

/// <summary>Answers what it is told.</summary>
internal sealed class Echo : UntypedActor
{
    protected override void OnReceive(object message) => Sender.Tell(message, Self);
}
