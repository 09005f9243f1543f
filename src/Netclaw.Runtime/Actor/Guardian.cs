namespace Akka.Actor;

/// <summary>The actor at /user or /system: it only supervises.</summary>
internal sealed class Guardian : ActorBase
{
    protected override bool Receive(object message)
    {
        if (message is not Terminated)
            Context.System.DeadLetters.Tell(new Event.DeadLetter(message, Sender, Self), Sender);
        return true;
    }

    protected override void PreRestart(Exception reason, object message)
    {
        // A guardian keeps its children; they are restarted with it.
    }

    /// <summary>Guardians are made without reflection: every process that starts a system pays for it.</summary>
    internal sealed class Producer : IIndirectActorProducer
    {
        public Type ActorType => typeof(Guardian);

        public ActorBase Produce() => new Guardian();

        public void Release(ActorBase actor)
        {
        }
    }
}
