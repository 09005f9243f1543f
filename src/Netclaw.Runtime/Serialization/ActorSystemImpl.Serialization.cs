namespace Akka.Actor;

internal sealed partial class ActorSystemImpl
{
    private readonly Lock serializationGate = new();
    private Akka.Serialization.Serialization? serialization;

    /// <summary>Made when first needed: serializers may ask the system for anything.</summary>
    public override Akka.Serialization.Serialization Serialization
    {
        get
        {
            lock (serializationGate)
                return serialization ??= new Akka.Serialization.Serialization(this);
        }
    }
}
