using Akka.Actor;

namespace Akka.TestKit.Internal;

/// <summary>
/// Makes the test actor the sender of messages that the test tells without one. It follows the test's asynchronous flow, so it still
/// holds after an await. Opened when the kit is constructed, because only then does it flow into the test; filled when the actor exists.
/// </summary>
internal sealed class ImplicitSender
{
    private readonly AmbientSender.Slot _slot = AmbientSender.Open();

    public static ImplicitSender Open() => new();

    public void Be(IActorRef sender) => _slot.Sender = sender;
}
