namespace Akka.Actor;

/// <summary>
/// The sender of messages which code outside any actor tells without one: the test actor, for the flow of a test. Nobody opens a slot in
/// a product, and then the look-up costs one read of a static field.
/// </summary>
internal static class AmbientSender
{
    private static readonly AsyncLocal<Slot?> Flow = new();
    private static volatile bool used;

    public static IActorRef? Current => used ? Flow.Value?.Sender : null;

    /// <summary>Begins a slot in the present flow of execution; what is set in it later holds for the whole flow.</summary>
    public static Slot Open()
    {
        used = true;
        var slot = new Slot();
        Flow.Value = slot;
        return slot;
    }

    internal sealed class Slot
    {
        public volatile IActorRef? Sender;
    }
}
