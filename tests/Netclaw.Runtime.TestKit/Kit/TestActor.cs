using Akka.Actor;
using Akka.Util;

namespace Akka.TestKit;

/// <summary>What one can say to a test actor; everything else it puts into the test's queue.</summary>
public static class TestActor
{
    /// <summary>Decides that a message is not worth showing to the test.</summary>
    public delegate bool Ignore(object message);

    /// <summary>Ends automatic answers.</summary>
    public static AutoPilot NoAutoPilot => TestKit.NoAutoPilot.Instance;

    /// <summary>Keeps the current automatic answers.</summary>
    public static AutoPilot KeepRunning => TestKit.KeepRunning.Instance;

    public static NullMessageEnvelope NullMessage => NullMessageEnvelope.Instance;

    public class SetIgnore(Ignore? ignore) : INoSerializationVerificationNeeded
    {
        public Ignore? Ignore { get; } = ignore;
    }

    public class Watch(IActorRef actorToWatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToWatch;
    }

    public class Unwatch(IActorRef actorToUnwatch) : INoSerializationVerificationNeeded
    {
        public IActorRef Actor { get; } = actorToUnwatch;
    }

    public class SetAutoPilot(AutoPilot autoPilot) : INoSerializationVerificationNeeded
    {
        public AutoPilot AutoPilot { get; } = autoPilot;
    }

    public class Spawn(Props props, Option<string> name, Option<SupervisorStrategy> supervisorStrategy) : INoSerializationVerificationNeeded
    {
        public Props _props = props;
        public Option<string> _name = name;
        public Option<SupervisorStrategy> _supervisorStrategy = supervisorStrategy;

        public IActorRef Apply(IActorRefFactory context) => context.ActorOf(_props, _name.HasValue ? _name.Value : null);
    }
}
